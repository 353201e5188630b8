import { useStartLink } from "../linking/useStartLink";
import styles from "./LinkHandles.module.css";

const SIDES = ["top", "right", "bottom", "left"] as const;

/** The dots on four sides from which a link is drawn. Pointer only: the key for it is L. */
export function LinkHandles({ id }: { id: string }) {
  const startLink = useStartLink();
  if (!startLink) return null;
  return SIDES.map((side) => (
    <span
      key={side}
      className={`${styles.handle ?? ""} nodrag nopan`}
      data-side={side}
      data-testid={`link-handle-${side}`}
      onPointerDown={(event) => startLink(id, event)}
    />
  ));
}
