import type { ProposalChange } from "@/api/types";

import styles from "./Changes.module.css";

/** What differs between two versions, place by place, as the documents print it. */
export function Changes({ rows }: { rows: readonly ProposalChange[] }) {
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <td />
          <th scope="col">Before</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      {placesOf(rows).map(({ where, changes }) => (
        <tbody key={where}>
          <tr className={styles.place}>
            <th scope="rowgroup" colSpan={3}>
              {where}
            </th>
          </tr>
          {changes.map(({ what, before, after }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className={styles.before}>{before || "–"}</td>
              <td>{after || "–"}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Changes of one place follow each other, as the server lists them. */
function placesOf(rows: readonly ProposalChange[]): { where: string; changes: ProposalChange[] }[] {
  const places: { where: string; changes: ProposalChange[] }[] = [];
  for (const row of rows) {
    const last = places.at(-1);
    if (last?.where === row.where) last.changes.push(row);
    else places.push({ where: row.where, changes: [row] });
  }
  return places;
}
