import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";

import type { Extra } from "@/api/types";
import { IconButton } from "@/ui/IconButton";

import styles from "./Extras.module.css";

const NEW: Extra = { title: "", detail: "", quantity: "1", unit: "piece", unit_price: "0", unit_cost: null, is_once: false };

/** Services that no drawing holds. What a unit costs the seller never reaches the customer. */
export function Extras({ extras, onChange }: { extras: readonly Extra[]; onChange: (extras: Extra[]) => void }) {
  const change = (at: number, changed: Partial<Extra>) =>
    onChange(extras.map((extra, index) => (index === at ? { ...extra, ...changed } : extra)));
  return (
    <div className={styles.extras}>
      {extras.map((extra, at) => {
        const name = extra.title || `service ${at + 1}`;
        return (
          <div key={at} className={styles.extra} role="group" aria-label={name}>
            <div className={styles.head}>
            <TextInput
              className={styles.title ?? ""}
              aria-label={`Service ${at + 1}`}
              placeholder="Setting up, support"
              value={extra.title}
              onChange={(event) => change(at, { title: event.currentTarget.value })}
              maxLength={200}
            />
            <IconButton label={`Remove ${name}`} size={28} onClick={() => onChange(extras.filter((_, index) => index !== at))}>
              <IconX size={14} stroke={1.75} />
            </IconButton>
            </div>
            <TextInput
              label="Quantity"
              inputMode="decimal"
              value={extra.quantity}
              onChange={(event) => change(at, { quantity: event.currentTarget.value })}
            />
            <TextInput
              label="Unit"
              value={extra.unit}
              onChange={(event) => change(at, { unit: event.currentTarget.value })}
              maxLength={40}
            />
            <TextInput
              label="Price a unit"
              inputMode="decimal"
              value={extra.unit_price}
              onChange={(event) => change(at, { unit_price: event.currentTarget.value })}
            />
            <TextInput
              label="Your cost"
              inputMode="decimal"
              value={extra.unit_cost ?? ""}
              onChange={(event) => change(at, { unit_cost: event.currentTarget.value || null })}
            />
            <Checkbox
              className={styles.wide ?? ""}
              label="Paid once"
              checked={extra.is_once}
              onChange={(event) => change(at, { is_once: event.currentTarget.checked })}
            />
          </div>
        );
      })}
      <Button size="xs" leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => onChange([...extras, NEW])}>
        Add a service
      </Button>
    </div>
  );
}
