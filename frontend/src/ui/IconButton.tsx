import { ActionIcon, Tooltip } from "@mantine/core";
import { type ComponentPropsWithRef, type ReactNode } from "react";

type Props = Omit<ComponentPropsWithRef<"button">, "children" | "color"> & {
  /** Its name for everyone: spoken, and shown as the tooltip. */
  label: string;
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string;
  size?: 28 | 32;
  children: ReactNode;
};

/** A button that shows only an icon. It stays focusable while disabled, so that its tooltip can say why. */
export function IconButton({ label, shortcut, size = 32, disabled, onClick, children, ...rest }: Props) {
  return (
    <Tooltip label={shortcut ? `${label} (${shortcut})` : label}>
      <ActionIcon
        {...rest}
        variant="subtle"
        size={size}
        aria-label={label}
        aria-disabled={disabled || undefined}
        data-dimmed={disabled || undefined}
        onClick={disabled ? undefined : onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
