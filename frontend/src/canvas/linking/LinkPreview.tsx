import { useReactFlow, ViewportPortal } from "@xyflow/react";

import { linkRefusal } from "@/document/linkRules";
import type { Catalogue, DesignDocument, Rect } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { PointerReason } from "../dragging/DragGhost";
import { pathOf, routeLink } from "../edges/routing";
import { absoluteRects } from "../toReactFlow";
import styles from "./LinkPreview.module.css";

/** The link under way: its line to the pointer or to the place it would go, and why it can't go there. */
export function LinkPreview() {
  const linking = useSessionStore((state) => state.linking);
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const { screenToFlowPosition } = useReactFlow();
  if (!linking) return null;
  const rects = absoluteRects(document, catalogue);
  const source = rects.get(linking.source);
  const over = linking.over === undefined ? undefined : rects.get(linking.over);
  const pointer = linking.at && screenToFlowPosition(linking.at, { snapToGrid: false });
  const target: Rect | undefined = over ?? (pointer && { ...pointer, width: 0, height: 0 });
  if (!source || !target) return null;
  const refusal = linking.over === undefined || linking.allowed.has(linking.over) ? undefined : refusalBetween(document, catalogue, linking.source, linking.over);
  const tone = refusal ? "bad" : "accent";
  const others = Object.entries(document.components).flatMap(([id, component]) =>
    id === linking.source || id === linking.over || catalogue.get(component.type)?.container ? [] : (rects.get(id) ?? []),
  );
  return (
    <>
      <ViewportPortal>
        <svg className={styles.preview} aria-hidden="true">
          <path d={pathOf(routeLink(source, target, others))} className={styles.line} data-tone={tone} markerEnd={`url(#sd-arrow-${tone})`} />
        </svg>
      </ViewportPortal>
      {refusal && linking.at && (
        <div className={styles.pointer} style={{ transform: `translate(${String(linking.at.x)}px, ${String(linking.at.y)}px)` }}>
          <PointerReason {...refusal} />
        </div>
      )}
    </>
  );
}

function refusalBetween(document: DesignDocument, catalogue: Catalogue, source: string, target: string) {
  const from = catalogue.get(document.components[source]?.type ?? "");
  const to = catalogue.get(document.components[target]?.type ?? "");
  return from && to ? linkRefusal(from, to, catalogue) : undefined;
}
