import "@xyflow/react/dist/base.css";

import { Background, BackgroundVariant, PanOnScrollMode, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useMemo } from "react";

import type { ComponentState, Finding } from "@/api/types";
import type { Catalogue, DesignDocument } from "@/document/types";

import { edgeTypes, MANY_COMPONENTS, nodeTypes } from "./Canvas";
import styles from "./Canvas.module.css";
import type { DriftMark } from "./facts";
import { LinkTips } from "./edges/LinkEdge";
import { Toolbar } from "./Toolbar";
import type { CanvasNode, LinkEdge } from "./toReactFlow";
import { NO_PREVIEW, useDrawing } from "./useDrawing";
import { FIT } from "./view";

type Props = {
  document: DesignDocument;
  catalogue: Catalogue;
  /** How far each component's resources have come; a component without a state gets no ring. */
  states?: Readonly<Record<string, ComponentState>> | undefined;
  drifts?: Readonly<Record<string, DriftMark>> | undefined;
  findings?: readonly Finding[] | undefined;
  selected?: string | undefined;
  onSelect?: ((id: string | undefined) => void) | undefined;
};

/** The drawing to look at: panning and zooming, no handles, rings that fill up. */
export function ReadOnlyCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ document, catalogue, states, drifts, findings, selected, onSelect }: Props) {
  const facts = useMemo(() => ({ states, drifts, findings }), [states, drifts, findings]);
  const selection = useMemo(() => (selected === undefined ? [] : [selected]), [selected]);
  const { nodes, edges } = useDrawing(document, catalogue, facts, { selection, link: undefined, preview: NO_PREVIEW });
  return (
    <div className={styles.canvas} data-region="canvas">
      <ReactFlow<CanvasNode, LinkEdge>
        aria-label="Drawing"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={FIT}
        minZoom={0.1}
        maxZoom={2}
        zIndexMode="manual"
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={nodes.length > MANY_COMPONENTS}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        onNodeClick={(_event, node) => onSelect?.(node.id)}
        onPaneClick={() => onSelect?.(undefined)}
        panOnScroll
        panOnScrollMode={PanOnScrollMode.Free}
        zoomActivationKeyCode={["Control", "Meta"]}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.4} className={styles.dots ?? ""} />
      </ReactFlow>
      <LinkTips />
      <Toolbar canEdit={false} />
    </div>
  );
}
