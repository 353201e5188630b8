import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";

import { useSessionStore } from "@/stores/sessionStore";

import { useLevelOfDetail } from "../levelOfDetail";
import type { LinkEdge as LinkEdgeType } from "../toReactFlow";
import styles from "./LinkEdge.module.css";
import { pathOf } from "./routing";

const DOTTED = new Set(["monitor", "provision"]);

/** One link: its line, its wide invisible hit area, and the chip in its middle. */
export const LinkEdge = memo(function LinkEdge({ id, source, target, data, selected }: EdgeProps<LinkEdgeType>) {
  const detail = useLevelOfDetail();
  const isDimmed = useSessionStore(({ linking }) => linking !== undefined && linking.source !== source);
  const selectLink = useSessionStore((state) => state.selectLink);
  const isAskedFor = useSessionStore(({ selection }) => selection.includes(source) || selection.includes(target));
  if (!data || (data.isQuiet && !selected && !isAskedFor)) return null;
  const { route, label, kind, text, port, isDashed } = data;
  const path = pathOf(route);
  const tip = selected ? "accent" : "plain";
  const state = { "data-selected": selected || undefined, "data-dim": isDimmed || undefined };
  return (
    <>
      <path d={path} className={styles.hit} />
      <path
        d={path}
        className={styles.line}
        data-style={kind === "tunnel" ? "double" : DOTTED.has(kind) ? "dotted" : isDashed ? "dashed" : "solid"}
        {...state}
        markerStart={kind === "attach" ? `url(#sd-dot-${tip})` : kind === "replication" ? `url(#sd-arrow-${tip})` : undefined}
        markerEnd={kind === "attach" ? `url(#sd-dot-${tip})` : `url(#sd-arrow-${tip})`}
      />
      {kind === "tunnel" && <path d={path} className={styles.core} />}
      {label && detail === "full" && (
        <EdgeLabelRenderer>
          <div
            className={`${styles.label ?? ""} nopan nodrag`}
            {...state}
            style={{ transform: `translate(-50%, -50%) translate(${String(label.x)}px, ${String(label.y)}px)` }}
            role="presentation"
            onClick={() => selectLink(id)}
          >
            {text}
            {port && <b>{port}</b>}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** The arrow heads and dots, once for all links of a canvas. */
export function LinkTips() {
  return (
    <svg className={styles.tips} aria-hidden="true">
      <defs>
        {(["plain", "accent", "bad"] as const).map((tone) => (
          <marker
            key={tone}
            id={`sd-arrow-${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M1 1 7 4 1 7Z" className={styles.tip} data-tone={tone} />
          </marker>
        ))}
        {(["plain", "accent"] as const).map((tone) => (
          <marker key={tone} id={`sd-dot-${tone}`} viewBox="0 0 6 6" refX="3" refY="3" markerWidth="5" markerHeight="5" markerUnits="userSpaceOnUse">
            <circle cx="3" cy="3" r="2.4" className={styles.tip} data-tone={tone} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
