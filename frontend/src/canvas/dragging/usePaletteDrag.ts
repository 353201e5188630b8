import { useReactFlow } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, useCallback } from "react";

import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { dropPlace } from "./dropPlace";
import { useAddComponent } from "./useAddComponent";

/** Pixels before a press becomes a drag. */
const THRESHOLD = 4;

/** Drag a type out of the palette with mouse, pen or finger; a press without moving is a click and adds it too. */
export function usePaletteDrag() {
  const { screenToFlowPosition } = useReactFlow();
  const { addAt } = useAddComponent();

  return useCallback(
    (type: string, start: ReactPointerEvent): void => {
      if (start.button !== 0) return;
      const { setDragging } = useSessionStore.getState();
      let isDragging = false;

      const isOverCanvas = (event: PointerEvent): boolean =>
        window.document.elementFromPoint(event.clientX, event.clientY)?.closest(".react-flow") !== null;

      const move = (event: PointerEvent): void => {
        if (!isDragging && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < THRESHOLD) return;
        isDragging = true;
        event.preventDefault();
        const { document, catalogue } = useDesignStore.getState();
        const at = { x: event.clientX, y: event.clientY };
        const place = isOverCanvas(event)
          ? dropPlace(document, catalogue, screenToFlowPosition(at, { snapToGrid: false }), { type })
          : { container: undefined, isOffered: false };
        setDragging({ ...place, at, type });
      };
      const stop = (): void => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", drop);
        window.removeEventListener("pointercancel", stop);
        window.removeEventListener("keydown", cancel, true);
        setDragging(undefined);
      };
      const drop = (event: PointerEvent): void => {
        const { dragging } = useSessionStore.getState();
        const wasDragging = isDragging;
        stop();
        if (!wasDragging) return;
        swallowClick();
        if (!isOverCanvas(event)) return;
        if (dragging?.refusal) useSessionStore.getState().say(dragging.refusal);
        else addAt(type, dragging?.container, { x: event.clientX, y: event.clientY });
      };
      const cancel = (event: KeyboardEvent): void => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        stop();
      };
      window.addEventListener("pointermove", move, { passive: false });
      window.addEventListener("pointerup", drop);
      window.addEventListener("pointercancel", stop);
      window.addEventListener("keydown", cancel, true);
    },
    [addAt, screenToFlowPosition],
  );
}

/** The click that follows a drag back onto its own item is not a wish to add a second one. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => event.stopPropagation();
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
}
