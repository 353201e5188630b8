import { IconBan } from "@tabler/icons-react";

import { ComponentTile } from "@/catalog/ComponentTile";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./DragGhost.module.css";

/** What hangs on the pointer: the component that comes from the palette, and why it can't go here. */
export function DragGhost() {
  const dragging = useSessionStore((state) => state.dragging);
  const catalogue = useDesignStore((state) => state.catalogue);
  if (!dragging) return null;
  const type = dragging.type === undefined ? undefined : catalogue.get(dragging.type);
  const { x, y } = dragging.at;
  return (
    <div className={styles.pointer} style={{ transform: `translate(${String(x)}px, ${String(y)}px)` }}>
      {type && (
        <div className={styles.ghost} data-refused={dragging.refusal !== undefined || undefined}>
          <ComponentTile icon={type.icon} category={type.category} size={28} />
          {type.label}
        </div>
      )}
      {dragging.refusal !== undefined && <PointerReason reason={dragging.refusal} />}
    </div>
  );
}

export function PointerReason({ reason, advice }: { reason: string; advice?: string | undefined }) {
  return (
    <div className={styles.reason} role="alert">
      <IconBan size={16} stroke={1.75} aria-hidden="true" />
      <div>
        <p className={styles.sentence}>{reason}</p>
        {advice && <p className={styles.advice}>{advice}</p>}
      </div>
    </div>
  );
}
