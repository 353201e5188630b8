import { Tooltip, UnstyledButton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

import styles from "./CopyText.module.css";

/** An id that is read by machines: shown in full, copied with one click. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={clipboard.copied ? "Copied" : "Copy"}>
      <UnstyledButton className={styles.copy} onClick={() => clipboard.copy(text)} aria-label={label}>
        <code>{text}</code>
        {clipboard.copied ? (
          <IconCheck size={12} stroke={2} aria-hidden="true" />
        ) : (
          <IconCopy size={12} stroke={2} aria-hidden="true" />
        )}
      </UnstyledButton>
    </Tooltip>
  );
}
