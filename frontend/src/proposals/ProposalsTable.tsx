import { Link } from "react-router";

import type { ProposalRow } from "@/api/types";
import { formatMoney } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { formatAgo, formatDate } from "@/ui/times";

import styles from "./ProposalsTable.module.css";
import { STATES, stateOf } from "./states";

/** Proposals with where they stand and what they come to; a row opens its editor. */
export function ProposalsTable({ rows }: { rows: readonly ProposalRow[] }) {
  return (
    <table className={styles.table} aria-label="Proposals">
      <thead>
        <tr>
          <th scope="col">Proposal</th>
          <th scope="col">Customer</th>
          <th scope="col">State</th>
          <th scope="col" className={styles.aside}>
            Valid until
          </th>
          <th scope="col" className={styles.aside}>
            Written
          </th>
          <th scope="col" className={styles.number}>
            A month, before tax
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: ProposalRow }) {
  const state = STATES[stateOf(row)];
  const [design] = row.designs;
  return (
    <tr className={styles.row}>
      <td>
        {design ? (
          <Link to={`/designs/${design}/proposal/${row.id}`} className={styles.name}>
            {row.title}
          </Link>
        ) : (
          <span className={styles.name}>{row.title}</span>
        )}
        <div className={styles.detail}>
          {row.number}
          {row.version > 0 && `, version ${row.version}`}
        </div>
      </td>
      <td>{row.customer_name ?? <span className={styles.none}>Nobody yet</span>}</td>
      <td>
        <Pill tone={state.tone}>{state.label}</Pill>
      </td>
      <td className={styles.aside}>{formatDate(row.valid_until)}</td>
      <td className={styles.aside}>{formatAgo(row.updated_at)}</td>
      <td className={styles.number}>
        {row.version === 0 ? (
          <span className={styles.none}>Not frozen yet</span>
        ) : (
          <>
            <strong>{formatMoney(row.monthly, row.currency)}</strong>
            <div className={styles.detail}>Option {row.option}</div>
          </>
        )}
      </td>
    </tr>
  );
}
