import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { EstimateOptions } from "@/api/estimates";

const NAMES = ["profile", "commitment", "customer", "currency", "version"] as const;
export type OptionName = (typeof NAMES)[number];

/** What the person asks of the estimate beside what the design says. It stands in the address, so it can be shared. */
export function useEstimateOptions(): [EstimateOptions, (name: OptionName, value: string) => void] {
  const [params, setParams] = useSearchParams();
  const options = useMemo(() => {
    const found: EstimateOptions = {};
    for (const name of NAMES) {
      const value = params.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [params]);
  const set = (name: OptionName, value: string) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  return [options, set];
}
