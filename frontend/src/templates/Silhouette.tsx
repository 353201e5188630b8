import { absoluteRect, placementsOf } from "@/document/geometry";
import { isContainer, typeOf } from "@/document/queries";
import type { Catalogue, DesignDocument, Rect } from "@/document/types";

import styles from "./Silhouette.module.css";

/**
 * A drawing too small to read: which containers there are, what sits in them, what talks to what. Drawn here from the
 * document, so that fifteen of them cost the server nothing.
 */
export function Silhouette({ document, catalogue }: { document: DesignDocument; catalogue: Catalogue }) {
  const placements = placementsOf(document, catalogue);
  const rects = new Map<string, Rect>();
  for (const id of Object.keys(document.components)) {
    const rect = absoluteRect(document, placements, id);
    if (rect) rects.set(id, rect);
  }
  const drawn = Object.entries(document.components).flatMap(([id, component]) => {
    const rect = rects.get(id);
    return rect ? [{ id, component, rect, type: typeOf(component, catalogue) }] : [];
  });
  // The outer ones first, so that the inner ones lie on top of them.
  const containers = drawn
    .filter(({ component }) => isContainer(component, catalogue))
    .sort((left, right) => right.rect.width * right.rect.height - left.rect.width * left.rect.height);
  const cards = drawn.filter(({ component }) => !isContainer(component, catalogue));
  return (
    <svg className={styles.drawing} viewBox={viewBoxOf([...rects.values()])} aria-hidden="true">
      {containers.map(({ id, rect, type }) => (
        <rect key={id} {...rect} rx={14} className={styles.container} data-family={type?.family} data-kind={type?.archetype} />
      ))}
      {Object.entries(document.links).map(([id, { source, target, kind, style }]) => {
        const [from, to] = [rects.get(source), rects.get(target)];
        return from && to && <path key={id} d={elbow(from, to)} className={styles.link} data-dashed={style === "dashed" || kind === "publish" || undefined} />;
      })}
      {cards.map(({ id, rect, type }) => (
        <g key={id} style={{ color: `var(--sd-cat-${type?.category ?? "external"})` }}>
          <rect {...rect} rx={10} className={styles.card} fill={`var(--sd-cat-${type?.category ?? "external"}-soft)`} />
          <rect x={rect.x + 12} y={rect.y + rect.height / 2 - 10} width={20} height={20} rx={6} className={styles.mark} />
        </g>
      ))}
    </svg>
  );
}

function viewBoxOf(rects: readonly Rect[]): string {
  if (rects.length === 0) return "0 0 240 120";
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  const right = Math.max(...rects.map(({ x, width }) => x + width));
  const bottom = Math.max(...rects.map(({ y, height }) => y + height));
  return [left - 8, top - 8, right - left + 16, bottom - top + 16].join(" ");
}

/** From middle to middle with one step half way, along the longer of the two distances. */
function elbow(from: Rect, to: Rect): string {
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  const [endX, endY] = [to.x + to.width / 2, to.y + to.height / 2];
  return Math.abs(endY - y) > Math.abs(endX - x)
    ? `M${String(x)} ${String(y)}V${String((y + endY) / 2)}H${String(endX)}V${String(endY)}`
    : `M${String(x)} ${String(y)}H${String((x + endX) / 2)}V${String(endY)}H${String(endX)}`;
}
