import { findLink } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { allowedTargets } from "./linkTargets";
import { link } from "./useLinkDrawing";

/** L: from here a link begins. Tab goes round the places it may go, Enter connects, Esc gives up. */
export function startKeyboardLink(source: string): void {
  const { document, catalogue } = useDesignStore.getState();
  const { setLinking, say, select } = useSessionStore.getState();
  const allowed = allowedTargets(document, catalogue, source);
  const stops = [...allowed].filter((target) => !findLink(document, source, target));
  if (stops.length === 0) {
    if (allowed.size === 0) say("No component in this design can take a link from here.", "Add one that can, such as a server or a database.");
    else say("Everything that can take a link from here is linked already.", "Select a link to change its protocol or port.");
    return;
  }
  select([source]);
  setLinking({ source, by: "keyboard", allowed, stops, over: stops[0] });
}

/** True when the key belonged to the link under way. */
export function keyWhileLinking(event: Pick<KeyboardEvent, "key" | "shiftKey">): boolean {
  const { linking, setLinking } = useSessionStore.getState();
  if (!linking) return false;
  switch (event.key) {
    case "Escape":
      setLinking(undefined);
      return true;
    case "Tab": {
      const places = linking.stops ?? [...linking.allowed];
      const at = linking.over === undefined ? -1 : places.indexOf(linking.over);
      const next = places[(at + (event.shiftKey ? -1 : 1) + places.length) % places.length];
      setLinking({ ...linking, over: next });
      return true;
    }
    case "Enter":
      setLinking(undefined);
      if (linking.over !== undefined) link(linking.source, linking.over);
      return true;
    default:
      return false;
  }
}
