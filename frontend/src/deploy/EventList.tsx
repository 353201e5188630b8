import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";

import type { DeploymentEvent } from "@/api/types";
import { formatClock } from "@/ui/times";

import { keyText } from "./keyText";
import styles from "./Lists.module.css";

const ICONS = { info: IconInfoCircle, warning: IconAlertTriangle, error: IconCircleX };
const WORDS = { info: "Note", warning: "Warning", error: "Error" };

/** What happened, the newest first. */
export function EventList({ events }: { events: readonly DeploymentEvent[] }) {
  if (events.length === 0) return <p className={styles.nothing}>Nothing happened yet.</p>;
  const newestFirst = [...events].sort((left, right) => right.at.localeCompare(left.at));
  return (
    <ol className={styles.list} aria-label="Events">
      {newestFirst.map((event, place) => {
        const Picture = ICONS[event.level];
        return (
          <li key={`${event.at} ${place}`} className={styles.event}>
            <time className={styles.clock} dateTime={event.at}>
              {formatClock(event.at)}
            </time>
            <Picture
              size={14}
              stroke={1.75}
              className={styles.icon}
              data-level={event.level}
              role="img"
              aria-label={WORDS[event.level]}
            />
            <div className={styles.text}>
              {event.key && !event.text.includes(event.key) && <b className={styles.eventKey}>{keyText(event.key)} </b>}
              {event.text}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
