import { useMutation, useQueryClient } from "@tanstack/react-query";

import { changeDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import { useDesignStore } from "@/stores/designStore";

/** Says what the open design may cost a month; null takes the budget away. Its standing comes with the estimate. */
export function useChangeBudget() {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const client = useQueryClient();
  return useMutation({
    mutationFn: (budget: { monthly: string; currency: string } | null) =>
      changeDesign(designId, budget ? { budget_monthly: budget.monthly, budget_currency: budget.currency } : { budget_monthly: null }),
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: keys.designs, exact: true });
      await client.invalidateQueries({ queryKey: keys.estimate(designId) });
    },
  });
}
