import { VisuallyHidden } from "@mantine/core";

import { nameOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./LinkKeys.module.css";

const KEYS = [
  ["Tab", "next allowed target"],
  ["Enter", "connect"],
  ["Esc", "cancel"],
] as const;

/** In the place of the toolbar while a link is drawn: the keys that help now. */
export function LinkKeys() {
  return (
    <div className={styles.bar}>
      {KEYS.map(([key, words]) => (
        <span key={key} className={styles.entry}>
          <kbd className={styles.key}>{key}</kbd> {words}
        </span>
      ))}
    </div>
  );
}

/** Says where the link under way would go, to those who don't see it. */
export function LinkAnnouncement() {
  const linking = useSessionStore((state) => state.linking);
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const target = linking?.over === undefined ? undefined : document.components[linking.over];
  const stops = linking?.stops ?? [...(linking?.allowed ?? [])];
  const place = linking?.over === undefined ? 0 : stops.indexOf(linking.over) + 1;
  const isAllowed = linking?.over !== undefined && linking.allowed.has(linking.over);
  return (
    <VisuallyHidden aria-live="polite">
      {linking && target && `Link to ${nameOf(target, catalogue)}, ${isAllowed ? `${String(place)} of ${String(stops.length)}` : "not allowed"}`}
    </VisuallyHidden>
  );
}
