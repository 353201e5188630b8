import { TemplateUpdateNotice } from "@/designs/TemplateUpdateNotice";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { countOf } from "@/ui/count";

import styles from "./Inspector.module.css";

const WAYS = [
  ["Drag", "a component from the palette into a container"],
  ["L", "starts a link from what is selected"],
  ["Enter", "selects, and goes into a container"],
  ["?", "shows every key"],
] as const;

/** Nothing is selected: what the design is, and how to go on. */
export function DesignInspector() {
  const name = useDesignStore((state) => state.name);
  const components = useDesignStore((state) => Object.keys(state.document.components).length);
  const links = useDesignStore((state) => Object.keys(state.document.links).length);
  const showShortcuts = useSessionStore((state) => state.showShortcuts);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h2 className={styles.title}>{name}</h2>
          <p className={styles.subtitle}>
            {countOf(components, "component")}, {countOf(links, "link")}
          </p>
        </div>
      </header>
      <TemplateUpdateNotice />
      <div className={styles.list}>
        <p className={styles.hint}>Select a component or a link to see and change what it is.</p>
        {WAYS.map(([key, words]) => (
          <p key={key} className={styles.way}>
            <kbd className={styles.key}>{key}</kbd> {words}
          </p>
        ))}
        <button type="button" className={styles.textButton} onClick={() => showShortcuts(true)}>
          All keys
        </button>
      </div>
    </>
  );
}
