import { Link } from "react-router";

import type { ProposalRow } from "@/api/types";
import list from "@/app/List.module.css";
import { formatMoney } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { formatAgo, formatDate } from "@/ui/times";

import styles from "./ProposalsTable.module.css";
import { STATES, stateOf } from "./states";

/** Proposals with where they stand and what they come to; a row opens its editor. */
export function ProposalsTable({ rows }: { rows: readonly ProposalRow[] }) {
  return (
    <table className={`${list.table} ${styles.table}`} aria-label="Proposals">
      <thead>
        <tr>
          <th scope="col">Proposal</th>
          <th scope="col">Customer</th>
          <th scope="col">State</th>
          <th scope="col" className={list.wide}>
            Valid until
          </th>
          <th scope="col" className={list.wide}>
            Written
          </th>
          <th scope="col" className={list.number}>
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
    <tr className={list.row}>
      <td>
        {design ? (
          <Link to={`/designs/${design}/proposal/${row.id}`} className={list.name}>
            {row.title}
          </Link>
        ) : (
          <span className={list.name}>{row.title}</span>
        )}
        <div className={list.detail}>
          {row.number}
          {row.version > 0 && `, version ${row.version}`}
        </div>
      </td>
      <td>{row.customer_name ?? <span className={list.detail}>Nobody yet</span>}</td>
      <td>
        <Pill tone={state.tone}>{state.label}</Pill>
      </td>
      <td className={`${list.wide} ${styles.day}`}>{formatDate(row.valid_until)}</td>
      <td className={`${list.wide} ${styles.day}`}>{formatAgo(row.updated_at)}</td>
      <td className={list.number}>
        {row.version === 0 ? (
          <span className={list.detail}>Not frozen yet</span>
        ) : (
          <>
            <strong>{formatMoney(row.monthly, row.currency)}</strong>
            <div className={list.detail}>Option {row.option}</div>
          </>
        )}
      </td>
    </tr>
  );
}
