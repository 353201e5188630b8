import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import { getPlanDocument } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { DesignDocument } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";

/** The drawing as a plan's revision has it. It never changes, whatever is drawn now. */
export const usePlanDocument = (planId: string) =>
  useQuery({ queryKey: keys.plan_document(planId), queryFn: () => getPlanDocument(planId), staleTime: Infinity });

/** What the resources of a screen were drawn in, where that is not the design that is open. */
export const DrawnDocument = createContext<DesignDocument | null>(null);

/** The type of a component, also of one that is no longer drawn. */
export function useTypeOf(component: string): string | undefined {
  const drawn = useContext(DrawnDocument);
  const open = useDesignStore((store) => store.document.components[component]?.type);
  return drawn?.components[component]?.type ?? open;
}
