import { Popover, UnstyledButton } from "@mantine/core";
import { IconAlertOctagon, IconCircleCheck, IconCloudOff, IconRefresh } from "@tabler/icons-react";

import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";

import styles from "./SaveState.module.css";

/** Whether the drawing is kept, in one or two words that never move their neighbours. */
export function SaveState() {
  const state = useDesignStore((store) => store.saveState);
  if (state.kind === "refused") return <Refused detail={state.detail} reasons={state.reasons ?? []} />;
  return (
    <span className={styles.state} data-kind={state.kind} role="status">
      {state.kind === "saved" && (
        <>
          <IconCircleCheck size={14} stroke={1.75} aria-hidden="true" />
          Saved
        </>
      )}
      {state.kind === "saving" && (
        <>
          <IconRefresh size={14} stroke={1.75} aria-hidden="true" />
          Saving
        </>
      )}
      {state.kind === "offline" && (
        <>
          <IconCloudOff size={14} stroke={1.75} aria-hidden="true" />
          Offline, {countOf(state.waiting, "edit")} kept
        </>
      )}
    </span>
  );
}

function Refused({ detail, reasons }: { detail: string; reasons: readonly { at: string; detail: string }[] }) {
  const dismissRefusal = useDesignStore((store) => store.dismissRefusal);
  return (
    <Popover width={360} position="bottom-start" withinPortal trapFocus={false} onClose={dismissRefusal}>
      <Popover.Target>
        <UnstyledButton className={styles.state} data-kind="refused" role="status">
          <IconAlertOctagon size={14} stroke={1.75} aria-hidden="true" />
          Refused, see why
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles.detail}>{detail}</p>
        {reasons.length > 1 && (
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={`${reason.at} ${reason.detail}`}>
                {reason.at && <code>{reason.at}</code>} {reason.detail}
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
