import { type NodeChange, type OnNodeDrag, useReactFlow } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";

import { type Move, moveComponents, resizeContainer } from "@/document/commands";
import { originOf, placementsOf } from "@/document/geometry";
import { outermost, parentOf } from "@/document/queries";
import type { Rect } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { dropPlace } from "./dragging/dropPlace";
import type { CanvasNode } from "./toReactFlow";
import { NO_PREVIEW, type Preview } from "./useDrawing";

/** Dragging and resizing: many previews, then one edit. */
export function useMoving() {
  const [preview, setPreview] = useState<Preview>(NO_PREVIEW);
  const latest = useRef(new Map<string, Partial<Rect>>());
  const { screenToFlowPosition } = useReactFlow();

  const show = useCallback((id: string, change: Partial<Rect>): void => {
    latest.current.set(id, { ...latest.current.get(id), ...change });
    setPreview(new Map(latest.current));
  }, []);
  const clear = useCallback((): void => {
    latest.current.clear();
    setPreview(NO_PREVIEW);
  }, []);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]): void => {
      const { selection, select } = useSessionStore.getState();
      const selected = new Set(selection);
      for (const change of changes) {
        if (change.type === "position" && change.dragging && change.position) show(change.id, change.position);
        else if (change.type === "select") {
          if (change.selected) selected.add(change.id);
          else selected.delete(change.id);
        } else if (change.type === "dimensions" && change.resizing !== undefined) {
          if (change.resizing && change.dimensions) show(change.id, change.dimensions);
          else if (!change.resizing) {
            const size = latest.current.get(change.id);
            clear();
            if (size?.width !== undefined && size.height !== undefined) {
              useDesignStore.getState().perform(resizeContainer, { id: change.id, size: { width: size.width, height: size.height } });
            }
          }
        }
      }
      // React Flow repeats what it was told; saying it again would take a selected link away.
      if (selected.size !== selection.length || selection.some((id) => !selected.has(id))) select([...selected]);
    },
    [show, clear],
  );

  const dragged = (nodes: CanvasNode[]): string[] => outermost(useDesignStore.getState().document, nodes.map((node) => node.id));

  const onNodeDrag: OnNodeDrag<CanvasNode> = useCallback(
    (event, _node, nodes) => {
      const { document, catalogue } = useDesignStore.getState();
      const at = pointerOf(event);
      const place = dropPlace(document, catalogue, screenToFlowPosition(at, { snapToGrid: false }), { components: dragged(nodes) });
      useSessionStore.getState().setDragging({ ...place, at });
    },
    [screenToFlowPosition],
  );

  const onNodeDragStop: OnNodeDrag<CanvasNode> = useCallback(
    (event, _node, nodes) => {
      const { document, catalogue, perform } = useDesignStore.getState();
      const { setDragging, say } = useSessionStore.getState();
      const wasMoved = latest.current.size > 0;
      const ids = dragged(nodes);
      const place = dropPlace(document, catalogue, screenToFlowPosition(pointerOf(event), { snapToGrid: false }), { components: ids });
      const positions = new Map(nodes.map((node) => [node.id, node.position]));
      setDragging(undefined);
      clear();
      if (!wasMoved) return;
      if (place.refusal !== undefined) {
        say(place.refusal);
        return;
      }
      const placements = placementsOf(document, catalogue);
      const to = originOf(document, placements, place.container);
      const moves: Record<string, Move> = {};
      for (const id of ids) {
        const position = positions.get(id);
        if (!position) continue;
        const from = originOf(document, placements, parentOf(document, id));
        moves[id] = { position: { x: position.x + from.x - to.x, y: position.y + from.y - to.y }, parent: place.container ?? null };
      }
      const outcome = perform(moveComponents, { moves });
      if (!outcome.done) say(outcome.reason, outcome.advice);
    },
    [clear, screenToFlowPosition],
  );

  return useMemo(() => ({ preview, onNodesChange, onNodeDrag, onNodeDragStop }), [preview, onNodesChange, onNodeDrag, onNodeDragStop]);
}

function pointerOf(event: MouseEvent | TouchEvent | React.MouseEvent): { x: number; y: number } {
  if ("clientX" in event) return { x: event.clientX, y: event.clientY };
  const touch = event.touches[0] ?? event.changedTouches[0];
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
