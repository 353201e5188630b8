import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput, Tooltip } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { memo, useState } from "react";

import { type Field, hintFor } from "@/document/form";
import type { Json } from "@/document/types";

import styles from "./PropertyField.module.css";
import { RowsField } from "./RowsField";

type Props = { field: Field; value: Json | undefined; onChange: (value: Json) => void };

/**
 * One control. What is typed shows at once; it becomes an edit only while it could be right, and the hint says
 * what would be. Leaving the field shows the value that counts.
 */
export const PropertyField = memo(function PropertyField({ field, value, onChange }: Props) {
  const [draft, setDraft] = useState<Json>();
  const shown = draft ?? value;
  const error = hintFor(field, shown);
  const offer = (next: Json): void => {
    setDraft(next);
    if (hintFor(field, next) === undefined) onChange(next);
  };
  const settle = (): void => setDraft(undefined);
  const common = {
    label: <Label field={field} />,
    description: field.help || undefined,
    inputWrapperOrder: ["label", "input", "error", "description"] as ("label" | "input" | "error" | "description")[],
    classNames: { description: styles.spokenHelp ?? "" },
    error,
    onBlur: settle,
  };

  return (
    <>
      {field.control === "switch" ? (
        <div className={styles.switchRow}>
          <div>
            <p className={styles.switchTitle}>{field.title}</p>
            {field.help && <p className={styles.help}>{field.help}</p>}
          </div>
          <Switch size="xs" aria-label={field.title} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
        </div>
      ) : field.control === "number" ? (
        <NumberInput
          {...common}
          className={styles.half ?? ""}
          value={typeof shown === "number" || typeof shown === "string" ? shown : ""}
          onChange={(next) => offer(next === "" ? null : next)}
          allowDecimal={!field.whole}
          allowNegative={(field.minimum ?? 0) < 0}
          step={field.step}
          min={field.minimum}
          max={field.maximum}
          clampBehavior="none"
          thousandSeparator={field.title.toLowerCase().includes("port") ? "" : ","}
          {...(field.unit && field.unit.length <= 8 ? { rightSection: <Stepper field={field} shown={shown} offer={offer} />, rightSectionWidth: unitWidth(field.unit) } : {})}
        />
      ) : field.control === "choice" ? (
        <Select
          {...common}
          className={field.options.some((option) => option.label.length > 16) ? (styles.wide ?? "") : (styles.half ?? "")}
          data={field.options}
          value={typeof value === "string" || typeof value === "number" ? String(value) : null}
          allowDeselect={false}
          clearable={field.clearable}
          placeholder={field.clearable ? "None" : "Choose"}
          comboboxProps={{ withinPortal: true }}
          onChange={(next) => onChange(next === null ? null : asEnum(field, next))}
        />
      ) : field.control === "choices" ? (
        <MultiSelect
          {...common}
          className={styles.wide ?? ""}
          data={field.options}
          value={texts(value)}
          placeholder={texts(value).length === 0 ? "None" : undefined}
          comboboxProps={{ withinPortal: true }}
          onChange={(next) => onChange(next)}
        />
      ) : field.control === "rows" ? (
        <RowsField field={field} value={value} onChange={onChange} />
      ) : field.control === "list" ? (
        <TagsInput
          {...common}
          className={styles.wide ?? ""}
          classNames={{ ...common.classNames, ...(field.schema.items?.format ? { pill: styles.mono ?? "" } : {}) }}
          value={Array.isArray(shown) ? shown.map(String) : []}
          placeholder={Array.isArray(shown) && shown.length > 0 ? undefined : "None"}
          splitChars={[",", " "]}
          acceptValueOnBlur
          onChange={(next) => offer(next.map((text) => asItem(field, text)))}
        />
      ) : (
        <TextInput
          {...common}
          className={styles.wide ?? ""}
          classNames={{ ...common.classNames, ...(field.control === "range" ? { input: styles.mono ?? "" } : {}) }}
          value={typeof shown === "string" ? shown : shown === undefined || shown === null ? "" : JSON.stringify(shown)}
          placeholder={field.schema.default === undefined ? "Not set" : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value;
            if (text === "") {
              setDraft("");
              onChange(null);
            } else offer(text);
          }}
        />
      )}
    </>
  );
}, saysTheSame);

/** A form has twenty fields and an edit changes one. `onChange` does the same for the same field, whichever one it is. */
function saysTheSame(before: Props, now: Props): boolean {
  return JSON.stringify([before.field, before.value]) === JSON.stringify([now.field, now.value]);
}

/** The arrow keys do the same in the field itself, which is what the keyboard and a screen reader meet. */
const pointerOnly = { tabIndex: -1, "aria-hidden": true } as const;

/** The unit, and − and + where a person counts rather than measures. */
function Stepper({ field, shown, offer }: { field: Field & { control: "number" }; shown: Json | undefined; offer: (next: Json) => void }) {
  if (!field.whole || (field.maximum ?? Infinity) > 300) return <span className={styles.unit}>{field.unit}</span>;
  const now = typeof shown === "number" ? shown : 0;
  const step = (by: number) => () => offer(Math.min(field.maximum ?? Infinity, Math.max(field.minimum ?? -Infinity, now + by)));
  return (
    <span className={styles.stepper}>
      <button type="button" disabled={now <= (field.minimum ?? -Infinity)} {...pointerOnly} onClick={step(-1)}>
        −
      </button>
      <button type="button" disabled={now >= (field.maximum ?? Infinity)} {...pointerOnly} onClick={step(1)}>
        +
      </button>
    </span>
  );
}

function Label({ field }: { field: Field }) {
  return (
    <span className={styles.label}>
      {field.title}
      {field.help && (
        <Tooltip label={field.help} multiline w={240} position="top">
          <IconInfoCircle size={13} stroke={1.75} className={styles.info ?? ""} aria-hidden="true" />
        </Tooltip>
      )}
    </span>
  );
}

function unitWidth(unit: string): number {
  return Math.max(52, unit.length * 7 + 16);
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** A list of numbers holds numbers; everything else stays as it was typed. */
function asItem(field: Field, text: string): Json {
  const kind = field.schema.items?.type;
  return (kind === "integer" || kind === "number") && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text.trim();
}

function asEnum(field: Field, text: string): Json {
  return field.schema.enum?.find((one) => String(one) === text) ?? text;
}
