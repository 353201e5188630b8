import type { NumberedCallout } from "@/document/queries";
import { useSessionStore } from "@/stores/sessionStore";

/** Whether the callout that is being read is about this component. */
export function useIsCalled(callouts: readonly NumberedCallout[]): boolean {
  return useSessionStore(({ callout }) => callout !== undefined && callouts.some(({ number }) => number === callout));
}
