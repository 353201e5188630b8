import { IconBan, IconX } from "@tabler/icons-react";
import { useEffect } from "react";

import { useSessionStore } from "@/stores/sessionStore";
import { IconButton } from "@/ui/IconButton";

import styles from "./Notice.module.css";

const SECONDS = 8;

/** Why something on the canvas was not done, in place, until it was read. */
export function Notice() {
  const notice = useSessionStore((state) => state.notice);
  const dismiss = useSessionStore((state) => state.dismissNotice);
  useEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(dismiss, SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [notice, dismiss]);
  if (!notice) return null;
  return (
    <div className={styles.notice} role="alert" key={notice.number}>
      <IconBan size={16} stroke={1.75} aria-hidden="true" className={styles.sign ?? ""} />
      <div>
        <p className={styles.sentence}>{notice.text}</p>
        {notice.advice && <p className={styles.advice}>{notice.advice}</p>}
      </div>
      <IconButton label="Dismiss" size={28} onClick={dismiss}>
        <IconX size={16} stroke={1.75} />
      </IconButton>
    </div>
  );
}
