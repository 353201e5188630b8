import { Link, useParams } from "react-router";

import type { TracedRow } from "@/api/types";
import { Pill } from "@/ui/Pill";

import styles from "./AcceptedScreen.module.css";
import { latestSteps } from "./trace";

type Props = { rows: readonly TracedRow[]; onFollow: (id: string) => void };

/** Line, plan steps, resources: read from left to right; a key or an id leads back to its lines. */
export function Chain({ rows, onFollow }: Props) {
  const { design_id: designId = "" } = useParams();
  return (
    <table className={styles.chain} aria-labelledby="chain">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Plan steps</th>
          <th scope="col">In the cloud</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.description} ${row.keys.join()}`}>
            <td>
              <span className={styles.name}>{row.item}</span>
              <div className={styles.note}>{row.description}</div>
            </td>
            <td>
              {row.steps.length === 0 && <span className={styles.note}>Not planned yet, or made by no cloud</span>}
              <ul className={styles.ends}>
                {latestSteps(row.steps).map(({ key, action, plan, plan_status }) => (
                  <li key={key}>
                    <Link to={`/designs/${designId}/deploy/plans/${plan}`}>
                      {action} <code>{key}</code>
                    </Link>{" "}
                    <span className={styles.note}>{plan_status.replaceAll("_", " ")}</span>
                  </li>
                ))}
              </ul>
            </td>
            <td>
              {row.resources.length === 0 && <span className={styles.note}>Nothing</span>}
              <ul className={styles.ends}>
                {row.resources.map(({ key, cloud, cloud_id, status }) => (
                  <li key={`${cloud} ${key}`}>
                    <button
                      type="button"
                      className={styles.follow}
                      onClick={() => onFollow(cloud_id || key)}
                      aria-label={`Lines of ${key}, ${cloud_id}`}
                    >
                      <code>{cloud_id || key}</code>
                    </button>{" "}
                    <Pill tone={status === "active" ? "ok" : "idle"}>{status}</Pill>
                    <div className={styles.note}>
                      {key} in {cloud}
                    </div>
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
