import type { OfferContents } from "@/api/types";

import styles from "./Pitch.module.css";

/** What a proposal begins with: the summary, and what the customer has of it. */
export function Pitch({ contents: { summary, benefits } }: { contents: OfferContents }) {
  return (
    <div className={styles.pitch}>
      {summary.map((words, at) => (
        <p key={at}>{words}</p>
      ))}
      {benefits.length > 0 && (
        <ul className={styles.benefits}>
          {benefits.map(({ title, text }, at) => (
            <li key={at}>
              <strong>{title}</strong>
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
