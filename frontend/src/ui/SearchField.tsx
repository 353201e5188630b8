import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

import styles from "./SearchField.module.css";

type Props = { label: string; placeholder?: string; value: string; onChange: (search: string) => void };

/** Finds in the list below it. */
export function SearchField({ label, placeholder = label, value, onChange }: Props) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      className={styles.search ?? ""}
    />
  );
}
