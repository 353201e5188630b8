import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";

import { useSessionStore } from "@/stores/sessionStore";

import { NAMINGS } from "./naming";
import styles from "./NamesMenu.module.css";

/** In whose words component types are called, everywhere in the product. Remembered by this browser. */
export function NamesMenu() {
  const naming = useSessionStore((state) => state.naming);
  const setNaming = useSessionStore((state) => state.setNaming);
  const shown = NAMINGS.find(({ value }) => value === naming)?.label;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles.naming} aria-label={`Names: ${shown ?? ""}`}>
          {shown}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {NAMINGS.map(({ value, label }) => (
          <Menu.Item
            key={value}
            aria-current={value === naming ? "true" : undefined}
            rightSection={value === naming ? <IconCheck size={14} stroke={2} aria-hidden="true" /> : undefined}
            onClick={() => setNaming(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
