import { useReactFlow } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, useCallback } from "react";

import { connect } from "@/document/commands";
import { componentAt } from "@/document/geometry";
import { freshId } from "@/document/ids";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { allowedTargets } from "./linkTargets";

/** Draw a link from a handle with the pointer: whatever card lies under the pointer is the target. */
export function useLinkDrawing() {
  const { screenToFlowPosition } = useReactFlow();

  return useCallback(
    (source: string, start: ReactPointerEvent): void => {
      if (start.button !== 0) return;
      start.stopPropagation();
      start.preventDefault();
      const { setLinking, select } = useSessionStore.getState();
      const { document, catalogue } = useDesignStore.getState();
      const allowed = allowedTargets(document, catalogue, source);
      select([source]);

      const follow = (event: PointerEvent): void => {
        const at = { x: event.clientX, y: event.clientY };
        const under = componentAt(document, catalogue, screenToFlowPosition(at, { snapToGrid: false }));
        const isPlace = under !== undefined && under !== source && (allowed.has(under) || !catalogue.get(document.components[under]?.type ?? "")?.container);
        setLinking({ source, by: "pointer", allowed, over: isPlace ? under : undefined, at });
      };
      const stop = (): void => {
        window.removeEventListener("pointermove", follow);
        window.removeEventListener("pointerup", drop);
        window.removeEventListener("pointercancel", stop);
        window.removeEventListener("keydown", cancel, true);
        setLinking(undefined);
      };
      const drop = (): void => {
        const target = useSessionStore.getState().linking?.over;
        stop();
        if (target !== undefined) link(source, target);
      };
      const cancel = (event: KeyboardEvent): void => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        stop();
      };
      window.addEventListener("pointermove", follow);
      window.addEventListener("pointerup", drop);
      window.addEventListener("pointercancel", stop);
      window.addEventListener("keydown", cancel, true);
      setLinking({ source, by: "pointer", allowed, at: { x: start.clientX, y: start.clientY } });
    },
    [screenToFlowPosition],
  );
}

/** Link two components and show the new link's form, or say why not. */
export function link(source: string, target: string): void {
  const { document, perform } = useDesignStore.getState();
  const id = freshId(document.links, "link");
  const outcome = perform(connect, { id, source, target });
  const { selectLink, say } = useSessionStore.getState();
  if (outcome.done) selectLink(id);
  else say(outcome.reason, outcome.advice);
}
