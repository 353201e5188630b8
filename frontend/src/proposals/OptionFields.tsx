import { Button, Checkbox, NativeSelect, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { listDesigns } from "@/api/designs";
import { listRevisions } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { DesignSummary, Draft, DraftOption } from "@/api/types";
import { usePriceBooks } from "@/catalog/useCatalogue";
import { COMMITMENTS } from "@/estimate/commitments";
import { IconButton } from "@/ui/IconButton";
import { formatDate } from "@/ui/times";

import { Extras } from "./Extras";
import styles from "./ProposalEditor.module.css";
import { VIEWS } from "./views";

const LETTERS = ["A", "B", "C", "D"];
const PROFILES = [
  { value: "", label: "As designed" },
  { value: "low", label: "Low" },
  { value: "expected", label: "Expected" },
  { value: "high", label: "High" },
];
/** Its cards stand for many components, so they have no place on the canvas. */
const ARRANGED_ONLY = "executive";

type Props = { designId: string; draft: Draft; write: (change: Draft) => void };

/** One to four options: a design or variant at a revision, how it is drawn, and what it is priced with. */
export function OptionFields({ designId, draft, write }: Props) {
  const options = draft.options ?? [];
  const change = (at: number, changed: Partial<DraftOption>) =>
    write({ options: options.map((option, index) => (index === at ? { ...option, ...changed } : option)) });
  const remove = (at: number) => write({ options: options.filter((_, index) => index !== at), recommended: "" });
  const add = () =>
    write({
      options: [...options, { design: designId, name: "", intro: "", view: "full", layout: "automatic", price_book: "" }],
    });
  return (
    <div className={styles.group}>
      <h2 className={styles.heading}>Options</h2>
      {options.map((option, at) => {
        const letter = LETTERS[at] ?? "";
        return (
          <fieldset key={letter} className={styles.option}>
            <legend className={styles.legend}>Option {letter}</legend>
            {options.length > 1 && (
              <span className={styles.removing}>
                <IconButton label={`Remove option ${letter}`} size={28} onClick={() => remove(at)}>
                  <IconX size={14} stroke={1.75} />
                </IconButton>
              </span>
            )}
            <Fields option={option} set={(changed) => change(at, changed)} />
          </fieldset>
        );
      })}
      {options.length < LETTERS.length && (
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={add}>
          Add an option
        </Button>
      )}
      {options.length > 1 && (
        <Select
          label="Recommended"
          data={LETTERS.slice(0, options.length).map((letter) => ({ value: letter, label: `Option ${letter}` }))}
          value={draft.recommended || null}
          onChange={(letter) => write({ recommended: (letter ?? "") as NonNullable<Draft["recommended"]> })}
          clearable
        />
      )}
    </div>
  );
}

type FieldsProps = { option: DraftOption; set: (changed: Partial<DraftOption>) => void };

function Fields({ option, set }: FieldsProps) {
  const designs = useQuery({ queryKey: keys.designs, queryFn: listDesigns });
  const revisions = useQuery({ queryKey: keys.revisions(option.design), queryFn: () => listRevisions(option.design) });
  return (
    <>
      <TextInput label="Name" value={option.name} onChange={(event) => set({ name: event.currentTarget.value })} maxLength={200} />
      <Select
        label="Design"
        data={(designs.data ?? []).map((design) => ({ value: design.id, label: nameOf(design) }))}
        value={option.design}
        onChange={(design) => design && set({ design, revision: null })}
        searchable
        allowDeselect={false}
      />
      <NativeSelect
        label="Revision"
        value={option.revision ? String(option.revision) : ""}
        onChange={(event) => set({ revision: event.currentTarget.value ? Number(event.currentTarget.value) : null })}
        data={[
          { value: "", label: "As it stands when frozen" },
          ...(revisions.data ?? []).map(({ number, name, created_at }) => ({
            value: String(number),
            label: `${number}, ${name || formatDate(created_at)}`,
          })),
        ]}
      />
      <Textarea
        label="In a few words"
        value={option.intro}
        onChange={(event) => set({ intro: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={20000}
      />
      <Drawing option={option} set={set} />
      <details className={styles.more}>
        <summary>Prices and use</summary>
        <Prices option={option} set={set} />
      </details>
      <Extras extras={option.extras ?? []} onChange={(extras) => set({ extras })} />
    </>
  );
}

function Drawing({ option, set }: FieldsProps) {
  const more = option.more_views ?? [];
  return (
    <>
      <NativeSelect
        label="Drawing"
        data={VIEWS}
        value={option.view}
        onChange={(event) => set({ view: event.currentTarget.value as DraftOption["view"] })}
      />
      {option.view !== ARRANGED_ONLY && (
        <NativeSelect
          label="Arranged"
          data={[
            { value: "automatic", label: "By the product" },
            { value: "placed", label: "As on the canvas" },
          ]}
          value={option.layout}
          onChange={(event) => set({ layout: event.currentTarget.value as DraftOption["layout"] })}
        />
      )}
      <details className={styles.more}>
        <summary>More views for the customer’s page</summary>
        <div className={styles.group}>
          {VIEWS.filter(({ value }) => value !== option.view).map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              checked={more.includes(value)}
              onChange={(event) => set({ more_views: event.currentTarget.checked ? [...more, value] : more.filter((one) => one !== value) })}
            />
          ))}
        </div>
      </details>
    </>
  );
}

function Prices({ option, set }: FieldsProps) {
  const books = usePriceBooks();
  const book = books.data?.find(({ key }) => key === option.price_book);
  const newest = book?.version ?? 1;
  return (
    <div className={styles.group}>
      <NativeSelect
        label="Price book"
        value={option.price_book}
        onChange={(event) => set({ price_book: event.currentTarget.value, price_book_version: null })}
        data={[
          { value: "", label: "The design's own" },
          ...(books.data ?? []).map(({ key, title, currency }) => ({ value: key, label: `${title}, ${currency}` })),
        ]}
      />
      {book && (
        <NativeSelect
          label="Its version"
          value={option.price_book_version ? String(option.price_book_version) : ""}
          onChange={(event) =>
            set({ price_book_version: event.currentTarget.value ? Number(event.currentTarget.value) : null })
          }
          data={[
            { value: "", label: `The newest when frozen, now ${newest}` },
            ...Array.from({ length: newest }, (_, at) => String(newest - at)).map((value) => ({
              value,
              label: `Version ${value}`,
            })),
          ]}
        />
      )}
      <NativeSelect
        label="Use"
        data={PROFILES}
        value={option.profile ?? ""}
        onChange={(event) => set({ profile: (event.currentTarget.value || null) as DraftOption["profile"] })}
      />
      <NativeSelect
        label="Commitment"
        data={COMMITMENTS}
        value={option.commitment ?? ""}
        onChange={(event) => set({ commitment: event.currentTarget.value || null })}
      />
      <TextInput
        label="Discount, %"
        inputMode="decimal"
        value={option.discount_percent ?? ""}
        onChange={(event) => set({ discount_percent: event.currentTarget.value || null })}
      />
    </div>
  );
}

const nameOf = ({ name, label }: DesignSummary) => (label ? `${name}, variant ${label}` : name);
