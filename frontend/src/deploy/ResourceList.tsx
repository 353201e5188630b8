import { Link } from "react-router";

import type { LiveResource } from "@/api/types";

import { CopyText } from "./CopyText";
import styles from "./Lists.module.css";
import { ResourceTile } from "./ResourceTile";

type Props = {
  resources: readonly LiveResource[];
  /** The page of what a customer accepted, where this was deployed as that. */
  acceptedPage?: string | undefined;
};

/** What exists in the cloud, with the ids that the cloud knows it by. */
export function ResourceList({ resources, acceptedPage }: Props) {
  if (resources.length === 0) return <p className={styles.nothing}>Nothing of this design is in the cloud.</p>;
  return (
    <ul className={styles.list} aria-label="Resources">
      {resources.map((resource) => (
        <li key={resource.key} className={styles.step}>
          <ResourceTile kind={resource.kind} component={resource.component} />
          <div className={styles.text}>
            <div className={styles.label}>{resource.name || resource.key}</div>
            <div className={styles.key}>
              {resource.key}
              {resource.address && `, ${resource.address}`}
            </div>
            {resource.cloud_id && <CopyText text={resource.cloud_id} label={`Copy the id of ${resource.key}`} />}
            {acceptedPage && (
              <Link
                className={styles.quoted}
                to={`${acceptedPage}?about=${encodeURIComponent(resource.key)}`}
                aria-label={`Quoted lines of ${resource.key}`}
              >
                Quoted lines
              </Link>
            )}
          </div>
          <span className={styles.stateWord}>{resource.status}</span>
        </li>
      ))}
    </ul>
  );
}
