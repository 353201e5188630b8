import { useMemo, useState } from "react";

import type { Catalogue, DesignDocument, Rect } from "@/document/types";

import type { Facts } from "./facts";
import { type Drawing, toEdges } from "./toEdges";
import { absoluteRects, type CanvasNode, type LinkEdge, reuseUnchanged, toNodes } from "./toReactFlow";

/** Places and sizes under the pointer that are not edits yet. */
export type Preview = ReadonlyMap<string, Partial<Rect>>;
export const NO_PREVIEW: Preview = new Map();

type Shown = { selection: readonly string[]; link: string | undefined; preview: Preview };

/**
 * The document as React Flow's nodes and edges. Nodes and edges that say the same as before keep their identity,
 * and links whose ends stand still keep their way, so that a drag draws only what it touches.
 */
export function useDrawing(document: DesignDocument, catalogue: Catalogue, facts: Facts, { selection, link, preview }: Shown) {
  const [memory] = useState(createMemory);
  const nodes = useMemo(() => memory.nodes(toNodes(document, catalogue, facts)), [memory, document, catalogue, facts]);
  const rects = useMemo(() => absoluteRects(document, catalogue, preview), [document, catalogue, preview]);
  const edges = useMemo(() => memory.edges(document, catalogue, rects), [memory, document, catalogue, rects]);
  const shownNodes = useMemo(() => withView(nodes, selection, preview), [nodes, selection, preview]);
  const shownEdges = useMemo(() => edges.map((edge) => (edge.id === link ? { ...edge, selected: true } : edge)), [edges, link]);
  return { nodes: shownNodes, edges: shownEdges };
}

function createMemory() {
  let nodes: CanvasNode[] = [];
  let drawing: Drawing | undefined;
  return {
    nodes: (now: CanvasNode[]): CanvasNode[] => (nodes = reuseUnchanged(nodes, now)),
    edges: (document: DesignDocument, catalogue: Catalogue, rects: ReadonlyMap<string, Rect>): LinkEdge[] => {
      const next = toEdges(document, catalogue, rects, drawing);
      drawing = { ...next, edges: reuseUnchanged(drawing?.edges ?? [], next.edges) };
      return drawing.edges;
    },
  };
}

function withView(nodes: CanvasNode[], selection: readonly string[], preview: Preview): CanvasNode[] {
  if (selection.length === 0 && preview.size === 0) return nodes;
  const selected = new Set(selection);
  return nodes.map((node) => {
    const moved = preview.get(node.id);
    if (!moved && !selected.has(node.id)) return node;
    const next: CanvasNode = { ...node, selected: selected.has(node.id) };
    if (node.type === "card") next.zIndex = (node.zIndex ?? 0) + 1;
    if (moved?.x !== undefined && moved.y !== undefined) next.position = { x: moved.x, y: moved.y };
    if (moved?.width !== undefined && moved.height !== undefined) {
      Object.assign(next, { width: moved.width, height: moved.height, measured: { width: moved.width, height: moved.height } });
    }
    return next;
  });
}
