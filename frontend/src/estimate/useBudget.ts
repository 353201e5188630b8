import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { changeDesign, getDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import { useDesignStore } from "@/stores/designStore";

import type { Budget } from "./budget";

/** What the open design may cost a month. */
export function useBudget() {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const client = useQueryClient();
  // The layout around every screen of a design has asked already: this is its answer.
  const { data } = useQuery({
    queryKey: keys.design(designId),
    queryFn: ({ signal }) => getDesign(designId, signal),
    enabled: designId !== "",
    staleTime: Infinity,
    gcTime: 0,
  });
  const change = useMutation({
    mutationFn: (budget: Budget | null) =>
      changeDesign(
        designId,
        budget ? { budget_monthly: budget.monthly, budget_currency: budget.currency } : { budget_monthly: null },
      ),
    onSuccess: (design) => {
      client.setQueryData(keys.design(designId), design);
      void client.invalidateQueries({ queryKey: keys.designs, exact: true });
    },
  });
  const budget: Budget | undefined =
    data?.id === designId && data.budget_monthly !== null && data.budget_monthly !== undefined
      ? { monthly: data.budget_monthly, currency: data.budget_currency }
      : undefined;
  return { budget, change };
}
