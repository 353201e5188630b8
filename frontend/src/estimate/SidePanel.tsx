import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";

import { IconButton } from "@/ui/IconButton";

import styles from "./SidePanel.module.css";

/** Beside the figures, so that their change is in sight. Takes the focus; Escape closes it. */
export function SidePanel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    // Back to the button that opened it.
    return () => before instanceof HTMLElement && before.isConnected ? before.focus() : undefined;
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works from every field in it
    <aside className={styles.panel} aria-label={title} onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton label={`Close ${title.toLowerCase()}`} size={28} onClick={onClose}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
