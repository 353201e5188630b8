import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { createPlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Intent } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";

/** `key` tells the button that was pressed from others like it; it is not sent. */
type Wish = {
  key?: string;
  cloud: string;
  intent: Intent;
  regions?: Record<string, string>;
  revision?: number;
  asOneStack?: boolean;
};

/** Make a plan of what is drawn now and show it. Edits on their way to the server arrive first. */
export function useMakePlan(designId: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const flush = useDesignStore((store) => store.flush);
  return useMutation({
    mutationFn: async ({ cloud, intent, regions, revision, asOneStack = false }: Wish) => {
      await flush();
      return createPlan({ design: designId, cloud, intent, regions, revision, as_one_stack: asOneStack });
    },
    onSuccess: (plan) => {
      queryClient.setQueryData(keys.plan(plan.id), plan);
      void navigate(`/designs/${designId}/deploy/plans/${plan.id}`);
    },
  });
}
