import { useMemo } from "react";

import { ComponentTile } from "@/catalog/ComponentTile";
import { nameOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { linkTargets } from "../linking/linkTargets";
import { link } from "../linking/useLinkDrawing";
import styles from "./Inspector.module.css";

/** While a link is drawn: where it may go, and for everything else why not. */
export function LinkTargets({ source }: { source: string }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const over = useSessionStore((state) => state.linking?.over);
  const setLinking = useSessionStore((state) => state.setLinking);
  const targets = useMemo(() => linkTargets(document, catalogue, source, Object.keys(document.components)), [document, catalogue, source]);
  const [allowed, refused] = [targets.filter((target) => !target.refusal), targets.filter((target) => target.refusal)];
  const component = document.components[source];
  const tile = (id: string) => {
    const type = catalogue.get(document.components[id]?.type ?? "");
    return <ComponentTile icon={type?.icon ?? ""} category={type?.category ?? "external"} size={24} />;
  };
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h2 className={styles.title}>Where this link may go</h2>
          <p className={styles.subtitle}>From {component ? nameOf(component, catalogue) : source}</p>
        </div>
      </header>
      <div className={styles.targets}>
        <h3 className={styles.groupTitle}>Allowed here, {allowed.length}</h3>
        {allowed.map((target) => (
          <button
            type="button"
            key={target.id}
            className={styles.target}
            data-over={target.id === over || undefined}
            onClick={() => {
              setLinking(undefined);
              link(source, target.id);
            }}
          >
            {tile(target.id)}
            <span className={styles.grow}>{target.name}</span>
            <span className={styles.quiet}>{target.words}</span>
          </button>
        ))}
        <h3 className={styles.groupTitle}>Refused here, {refused.length}</h3>
        {refused.map((target) => (
          <div key={target.id} className={styles.refused} data-over={target.id === over || undefined}>
            {tile(target.id)}
            <div className={styles.grow}>
              <p className={styles.refusedName}>{target.name}</p>
              <p className={styles.quiet}>{target.refusal?.advice ?? target.refusal?.reason}</p>
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
