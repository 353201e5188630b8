import { useQuery } from "@tanstack/react-query";

import { type EstimateOptions, getEstimate } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Estimate } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { useSettledVersion } from "@/stores/useSettledVersion";

const AS_THE_DESIGN_SAYS: EstimateOptions = {};

/** The estimate of the version on the server. The last one stays on screen until the next is there. */
export function useEstimate(options = AS_THE_DESIGN_SAYS): { estimate: Estimate | undefined; error: Error | null } {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const priceBook = useDesignStore((state) => state.priceBook);
  const version = useSettledVersion();
  const asked = { price_book: priceBook, ...options };
  const { data, error } = useQuery({
    queryKey: [...keys.estimate(designId), asked, version],
    // A newer version cancels the question about an older one.
    queryFn: ({ signal }) => getEstimate(designId, asked, signal),
    enabled: designId !== "",
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return { estimate: data, error };
}
