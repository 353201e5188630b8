import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";

import { IconButton } from "@/ui/IconButton";

import styles from "./Clauses.module.css";

type Clause = { title: string; text: string };
type Props = { title: string; clauses: readonly Clause[]; most: number; onChange: (clauses: Clause[]) => void };

/** A list of short texts with titles. Those without words are kept on screen and not sent yet. */
export function Clauses({ title, clauses, most, onChange }: Props) {
  const change = (at: number, changed: Partial<Clause>) =>
    onChange(clauses.map((clause, index) => (index === at ? { ...clause, ...changed } : clause)));
  return (
    <section className={styles.clauses} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {clauses.map((clause, at) => (
        <div key={at} className={styles.clause}>
          <TextInput
            aria-label={`${title} ${at + 1}, title`}
            placeholder="Title"
            value={clause.title}
            onChange={(event) => change(at, { title: event.currentTarget.value })}
            maxLength={200}
          />
          <IconButton
            label={`Remove ${clause.title || `text ${at + 1}`}`}
            size={28}
            onClick={() => onChange(clauses.filter((_, index) => index !== at))}
          >
            <IconX size={14} stroke={1.75} />
          </IconButton>
          <Textarea
            className={styles.text ?? ""}
            aria-label={`${title} ${at + 1}, text`}
            placeholder="Words"
            value={clause.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
            autosize
            minRows={2}
            maxLength={20000}
          />
        </div>
      ))}
      {clauses.length < most && (
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={() => onChange([...clauses, { title: "", text: "" }])}
        >
          Add to {title.toLowerCase()}
        </Button>
      )}
    </section>
  );
}
