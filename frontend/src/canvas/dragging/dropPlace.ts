import { containerAt } from "@/document/geometry";
import { parentOf, placementRefusal, withContents } from "@/document/queries";
import type { Catalogue, DesignDocument, Point } from "@/document/types";

export type DropPlace = {
  container: string | undefined;
  /** The container would take it and does not hold it yet: it says `Drop here`. */
  isOffered: boolean;
  refusal?: string | undefined;
};

/** What would happen if these components, or a new one of a type, were let go at this point of the canvas. */
export function dropPlace(
  design: DesignDocument,
  catalogue: Catalogue,
  point: Point,
  dropped: { components: readonly string[] } | { type: string },
): DropPlace {
  const moving = "components" in dropped ? dropped.components : [];
  const container = containerAt(design, catalogue, point, new Set(withContents(design, moving)));
  const containerType = container === undefined ? undefined : catalogue.get(design.components[container]?.type ?? "");
  const types = "type" in dropped ? [dropped.type] : moving.map((id) => design.components[id]?.type ?? "");
  if (moving.length > 0 && moving.every((id) => parentOf(design, id) === container)) return { container, isOffered: false };
  for (const key of types) {
    const type = catalogue.get(key);
    const refusal = type && placementRefusal(type, containerType, catalogue);
    if (refusal) return { container, isOffered: false, refusal };
  }
  return { container, isOffered: container !== undefined };
}
