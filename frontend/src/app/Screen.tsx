import type { ReactNode } from "react";

import styles from "./Screen.module.css";

type Props = {
  title: string;
  count?: number | undefined;
  /** Search fields and buttons at the right of the title. */
  actions?: ReactNode;
  /** Cards stand on the page colour, tables on the surface. */
  on?: "surface" | "page";
  children: ReactNode;
};

/** A list screen: the title row and what is below it. */
export function Screen({ title, count, actions, on = "surface", children }: Props) {
  return (
    <main className={styles.screen} data-on={on}>
      <title>{`${title} · Stackdraft`}</title>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
