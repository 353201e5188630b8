import { Modal } from "@mantine/core";
import { memo } from "react";

import { useSessionStore } from "@/stores/sessionStore";

import styles from "./Shortcuts.module.css";

const GROUPS: readonly { title: string; keys: readonly (readonly [keys: string, does: string])[] }[] = [
  {
    title: "Everywhere",
    keys: [
      ["Ctrl Z", "Undo"],
      ["Ctrl Shift Z", "Redo"],
      ["F6", "Go to the next region"],
      ["/", "Search the palette"],
      ["?", "Show this list"],
      ["Esc", "Let go, step out, close"],
    ],
  },
  {
    title: "Components",
    keys: [
      ["Tab", "Next component"],
      ["Enter", "Select, then go into a container"],
      ["Arrow keys", "Move by 10 pixels"],
      ["Shift Arrow", "Move by 1 pixel"],
      ["Ctrl D", "Duplicate"],
      ["Ctrl C", "Copy"],
      ["Ctrl V", "Paste"],
      ["Ctrl A", "Select all"],
      ["Delete", "Remove"],
    ],
  },
  {
    title: "Links",
    keys: [
      ["L", "Start a link"],
      ["Tab", "Next place it may go"],
      ["Enter", "Connect"],
      ["Esc", "Cancel"],
    ],
  },
  {
    title: "View",
    keys: [
      ["V", "Select"],
      ["H", "Pan; Space held does it for a moment"],
      ["+ −", "Zoom"],
      ["1", "Fit to view"],
    ],
  },
];

export const Shortcuts = memo(function Shortcuts() {
  const isOpen = useSessionStore((state) => state.areShortcutsOpen);
  const show = useSessionStore((state) => state.showShortcuts);
  return (
    <Modal opened={isOpen} onClose={() => show(false)} title="Keys" size={680}>
      <div className={styles.groups}>
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([key, does]) => (
                <div key={key + does} className={styles.row}>
                  <dt>{does}</dt>
                  <dd>
                    {key.split(" ").map((part) => (
                      <kbd key={part} className={styles.key}>
                        {part}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
});
