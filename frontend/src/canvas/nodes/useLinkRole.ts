import { useSessionStore } from "@/stores/sessionStore";

/** What a component is while a link is being drawn: its start, a place it may go, or out of reach. */
export type LinkRole = "source" | "allowed" | "chosen" | "refused" | "out";

export function useLinkRole(id: string): LinkRole | undefined {
  return useSessionStore(({ linking }) => {
    if (!linking) return undefined;
    if (linking.source === id) return "source";
    if (linking.allowed.has(id)) return linking.over === id ? "chosen" : "allowed";
    return linking.over === id ? "refused" : "out";
  });
}
