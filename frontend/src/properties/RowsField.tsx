import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconPlus, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import { emptyRow, type Field, isRowComplete, rowWords, valueAt } from "@/document/form";
import { applyMergePatch, isObject } from "@/document/mergePatch";
import { sentenceStart } from "@/document/queries";
import type { Json, JsonObject } from "@/document/types";
import { IconButton } from "@/ui/IconButton";

import { PropertyField } from "./PropertyField";
import styles from "./PropertyField.module.css";

type Props = { field: Field & { control: "rows" }; value: Json | undefined; onChange: (value: Json) => void };

/**
 * A list of groups, such as the rules of a security group: one line for each, which opens into its form. Entries that
 * are not complete yet stay here; the list becomes an edit when all of them are.
 */
export function RowsField({ field, value, onChange }: Props) {
  const { fields, required, what, most } = field;
  const said = JSON.stringify(value ?? []);
  const [draft, setDraft] = useState<{ rows: JsonObject[]; said: string }>();
  const [open, setOpen] = useState<number>();
  // What came from elsewhere, such as undo, takes the place of a draft.
  const rows = draft?.said === said ? draft.rows : (Array.isArray(value) ? value : []).filter(isObject);

  // The fields of an entry keep the function that they were first given, so it has to see the entry as it is now.
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  });

  const offer = (next: JsonObject[]): void => {
    latest.current = next;
    setDraft({ rows: next, said });
    if (next.every((row) => isRowComplete(row, fields, required))) onChange(next);
  };
  const add = (): void => {
    setOpen(rows.length);
    offer([...rows, emptyRow(fields)]);
  };
  const change = (index: number, name: string, part: Json): void => {
    offer(latest.current.with(index, applyMergePatch(latest.current[index] ?? {}, { [name]: part })));
  };
  const remove = (index: number): void => {
    setOpen(undefined);
    offer(rows.toSpliced(index, 1));
  };

  return (
    <div className={styles.rows} role="group" aria-label={field.title}>
      <span className={styles.rowsTitle} aria-hidden="true">
        {field.title}
      </span>
      {field.help && <p className={styles.help}>{field.help}</p>}
      {rows.map((row, index) => {
        const isOpen = open === index;
        const isComplete = isRowComplete(row, fields, required);
        const name = `${sentenceStart(what)} ${String(index + 1)}`;
        return (
          // Entries have no ids of their own; the place is all that tells them apart.
          <div key={index} className={styles.row} data-open={isOpen || undefined}>
            <div className={styles.rowHead}>
              <button type="button" className={styles.rowToggle} aria-expanded={isOpen} onClick={() => setOpen(isOpen ? undefined : index)}>
                {isOpen ? <IconChevronDown size={12} stroke={2} aria-hidden="true" /> : <IconChevronRight size={12} stroke={2} aria-hidden="true" />}
                <span className={styles.rowWords}>{rowWords(row, fields) || name}</span>
              </button>
              <IconButton label={`Remove ${name.toLowerCase()}`} size={28} onClick={() => remove(index)}>
                <IconTrash size={14} stroke={1.75} />
              </IconButton>
            </div>
            {isOpen && (
              <div className={styles.rowForm}>
                {fields.map((part) => (
                  <PropertyField
                    key={part.path.join(".")}
                    field={part}
                    value={valueAt(row, part.path)}
                    onChange={(next) => change(index, part.path[0] ?? "", next)}
                  />
                ))}
                {!isComplete && <p className={styles.rowNote}>{missingWords(row, field)}</p>}
              </div>
            )}
          </div>
        );
      })}
      <div>
        <Button size="xs" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={rows.length >= most} onClick={add}>
          Add {what}
        </Button>
      </div>
    </div>
  );
}

function missingWords(row: JsonObject, { fields, required, what }: Field & { control: "rows" }): string {
  const missing = fields.filter(({ path: [name = ""] }) => required.includes(name) && (row[name] === undefined || row[name] === ""));
  if (missing.length === 0) return `This ${what} counts when every field is right.`;
  return `This ${what} counts when it has ${missing.map(({ title }) => title.toLowerCase()).join(" and ")}.`;
}
