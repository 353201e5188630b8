import { memo } from "react";

import { useSessionStore } from "@/stores/sessionStore";

import { ComponentInspector } from "./ComponentInspector";
import { DesignInspector } from "./DesignInspector";
import styles from "./Inspector.module.css";
import { LinkInspector } from "./LinkInspector";
import { LinkTargets } from "./LinkTargets";
import { SeveralInspector } from "./SeveralInspector";

/** Everything about what is selected: one component, one link, several components, or the design itself. */
export const Inspector = memo(function Inspector() {
  const selection = useSessionStore((state) => state.selection);
  const link = useSessionStore((state) => state.link);
  const linkingFrom = useSessionStore((state) => state.linking?.source);
  return (
    <section className={styles.inspector} aria-label="Inspector">
      {linkingFrom !== undefined ? (
        <LinkTargets source={linkingFrom} />
      ) : link !== undefined ? (
        <LinkInspector key={link} id={link} />
      ) : selection.length > 1 ? (
        <SeveralInspector ids={selection} />
      ) : selection[0] !== undefined ? (
        <ComponentInspector key={selection[0]} id={selection[0]} />
      ) : (
        <DesignInspector />
      )}
    </section>
  );
});
