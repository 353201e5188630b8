import { Fragment, useEffect, useRef } from "react";
import { Link } from "react-router";

import { CATEGORIES } from "@/catalog/categories";
import { ComponentTile } from "@/catalog/ComponentTile";
import { NAMINGS, ownWord } from "@/catalog/naming";
import type { ComponentType } from "@/document/types";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./TypeTable.module.css";

type Props = {
  types: readonly ComponentType[];
  chosen: string | undefined;
  /** Found types stand in the order of how well they match, without their categories. */
  isSearch: boolean;
  /** Beside the details there is room for one name only. */
  isNarrow: boolean;
};

export function TypeTable({ types, chosen, isSearch, isNarrow }: Props) {
  const naming = useSessionStore((state) => state.naming);
  const others = NAMINGS.filter(({ value }) => value !== naming);
  const row = useRef<HTMLTableRowElement>(null);
  // Who came by a link sees where in the list that type is.
  useEffect(() => {
    row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const groups = isSearch
    ? [{ key: "found", label: "Found", types }]
    : CATEGORIES.map(({ key, label }) => ({ key, label, types: types.filter((type) => type.category === key) }));
  return (
    <table className={styles.table}>
      <thead className={isNarrow ? styles.hidden : ""}>
        <tr>
          <th scope="col">Type</th>
          {!isNarrow &&
            others.map(({ value, label }) => (
              <th key={value} scope="col">
                {label}
              </th>
            ))}
        </tr>
      </thead>
      {groups.map(
        (group) =>
          group.types.length > 0 && (
            <Fragment key={group.key}>
              <tbody>
                <tr>
                  <th scope="rowgroup" colSpan={isNarrow ? 1 : 1 + others.length} className={styles.category}>
                    {group.label} <span className={styles.count}>{group.types.length}</span>
                  </th>
                </tr>
                {group.types.map((type) => (
                  <tr
                    key={type.reference}
                    ref={type.reference === chosen ? row : undefined}
                    className={styles.row}
                    data-narrow={isNarrow || undefined}
                    data-chosen={type.reference === chosen || undefined}
                  >
                    <td>
                      <div className={styles.type}>
                        <ComponentTile icon={type.icon} category={type.category} size={isNarrow ? 24 : 28} />
                        <div className={styles.words}>
                          <Link
                            to={`/component-types/${type.reference}`}
                            className={styles.name}
                            aria-current={type.reference === chosen ? "true" : undefined}
                          >
                            {type.label}
                          </Link>
                          {!isNarrow && <span className={styles.summary}>{type.summary}</span>}
                        </div>
                      </div>
                    </td>
                    {!isNarrow &&
                      others.map(({ value }) => (
                        <td key={value} className={styles.other}>
                          {ownWord(type, value) ?? <span className={styles.none}>no word for it</span>}
                        </td>
                      ))}
                  </tr>
                ))}
              </tbody>
            </Fragment>
          ),
      )}
    </table>
  );
}
