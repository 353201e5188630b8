import "@xyflow/react/dist/base.css";

import { Background, BackgroundVariant, type EdgeChange, MiniMap, PanOnScrollMode, ReactFlow, SelectionMode, useReactFlow } from "@xyflow/react";
import { type MouseEvent, useCallback, useEffect, useState } from "react";

import { containerAt } from "@/document/geometry";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./Canvas.module.css";
import { DragGhost } from "./dragging/DragGhost";
import { LinkEdge, LinkTips } from "./edges/LinkEdge";
import { EmptyCanvas } from "./EmptyCanvas";
import type { Facts } from "./facts";
import { LinkAnnouncement, LinkKeys } from "./linking/LinkKeys";
import { LinkPreview } from "./linking/LinkPreview";
import { useLinkDrawing } from "./linking/useLinkDrawing";
import { StartLinkContext } from "./linking/useStartLink";
import { Card } from "./nodes/Card";
import { Container } from "./nodes/Container";
import { Notice } from "./Notice";
import { Toolbar } from "./Toolbar";
import type { CanvasNode, LinkEdge as LinkEdgeType } from "./toReactFlow";
import { useDrawing } from "./useDrawing";
import { useMoving } from "./useMoving";
import { FIT } from "./view";

export const nodeTypes = { card: Card, container: Container };
export const edgeTypes = { link: LinkEdge };
/** From here on only what is in sight is mounted. */
export const MANY_COMPONENTS = 300;
const SNAP: [number, number] = [4, 4];


/** The drawing surface. It shows the document; what people do here becomes commands. */
export function Canvas({ facts }: { facts: Facts }) {
  const document = useDesignStore((state) => state.document);
  const designId = useDesignStore((state) => state.designId);
  const catalogue = useDesignStore((state) => state.catalogue);
  const selection = useSessionStore((state) => state.selection);
  const link = useSessionStore((state) => state.link);
  const tool = useSessionStore((state) => state.tool);
  const isLinking = useSessionStore((state) => state.linking !== undefined);
  const select = useSessionStore((state) => state.select);
  const selectLink = useSessionStore((state) => state.selectLink);
  const keepViewport = useSessionStore((state) => state.keepViewport);
  const { preview, ...moving } = useMoving();
  const { nodes, edges } = useDrawing(document, catalogue, facts, { selection, link, preview });
  const startLink = useLinkDrawing();
  const { screenToFlowPosition } = useReactFlow();
  const [opening] = useState(() => (designId === null ? undefined : useSessionStore.getState().viewports[designId]));

  useForgetRemoved();
  useSayRefusal();

  const onEdgesChange = useCallback(
    (changes: EdgeChange<LinkEdgeType>[]): void => {
      for (const change of changes) if (change.type === "select" && change.selected) selectLink(change.id);
    },
    [selectLink],
  );
  // The inside of a container lets the pointer through, so that panning and box selection work there too.
  const onPaneClick = useCallback(
    (event: MouseEvent): void => {
      const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      const { document: design, catalogue: types } = useDesignStore.getState();
      const container = containerAt(design, types, point);
      select(container === undefined ? [] : [container]);
    },
    [screenToFlowPosition, select],
  );

  return (
    <StartLinkContext value={startLink}>
      <div className={styles.canvas} data-region="canvas">
        <ReactFlow<CanvasNode, LinkEdgeType>
          className={isLinking ? "is-linking" : ""}
          aria-label="Drawing"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...moving}
          onEdgesChange={onEdgesChange}
          onPaneClick={onPaneClick}
          onMoveEnd={(_event, viewport) => {
            if (designId !== null) keepViewport(designId, viewport);
          }}
          {...(opening ? { defaultViewport: opening } : { fitView: true, fitViewOptions: FIT })}
          minZoom={0.1}
          maxZoom={2}
          snapToGrid
          snapGrid={SNAP}
          zIndexMode="manual"
          elevateNodesOnSelect={false}
          onlyRenderVisibleElements={nodes.length > MANY_COMPONENTS}
          nodesConnectable={false}
          edgesFocusable={false} // Tab walks components; a component's links are a list in the inspector
          nodeDragThreshold={3}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={["Shift", "Meta", "Control"]}
          selectionOnDrag={tool === "select"}
          selectionMode={SelectionMode.Full}
          panOnDrag={tool === "pan" ? true : [1, 2]}
          panOnScroll
          panOnScrollMode={PanOnScrollMode.Free}
          zoomActivationKeyCode={["Control", "Meta"]}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.4} className={styles.dots ?? ""} />
          <MiniMap<CanvasNode>
            className={styles.map ?? ""}
            ariaLabel="Overview"
            pannable
            zoomable
            nodeClassName={(node) => (node.type === "container" ? (styles.mapContainer ?? "") : "")}
            nodeColor={(node) => (node.type === "container" ? "transparent" : `var(--sd-cat-${node.data.category})`)}
            nodeStrokeColor={(node) => (node.type === "container" ? "var(--sd-border-strong)" : "transparent")}
            nodeStrokeWidth={6}
            nodeBorderRadius={8}
          />
          <LinkPreview />
        </ReactFlow>
        <LinkTips />
        {nodes.length === 0 && <EmptyCanvas />}
        {isLinking ? <LinkKeys /> : <Toolbar />}
        <LinkAnnouncement />
        <Notice />
        <DragGhost />
      </div>
    </StartLinkContext>
  );
}

/** What the server did not keep is said where the person is looking, not only in the top bar. */
function useSayRefusal(): void {
  const refusal = useDesignStore((state) => state.refusal);
  useEffect(() => {
    if (refusal) useSessionStore.getState().say(refusal.detail);
  }, [refusal]);
}

/** What is gone can't stay selected: after undo, after a refusal, after somebody else removed it. */
function useForgetRemoved(): void {
  const components = useDesignStore((state) => state.document.components);
  const links = useDesignStore((state) => state.document.links);
  useEffect(() => {
    const { selection, link, select, selectLink } = useSessionStore.getState();
    const left = selection.filter((id) => id in components);
    if (left.length < selection.length) select(left);
    if (link !== undefined && !(link in links)) selectLink(undefined);
  }, [components, links]);
}
