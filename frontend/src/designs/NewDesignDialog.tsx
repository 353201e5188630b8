import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { createDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import type { JsonObject, PriceBook, Template, TemplateForm } from "@/api/types";
import { usePriceBooks, useTemplates } from "@/catalog/useCatalogue";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./NewDesignDialog.module.css";
import { FormChoice, TemplateParameters } from "./TemplateChoices";
import { TemplatePreview } from "./TemplatePreview";

const EMPTY_CANVAS = "empty canvas";
/** Milliseconds without another choice before picture and price follow. */
const TYPING = 400;

type Props = {
  opened: boolean;
  onClose: () => void;
  /** Template to begin with; absent for the empty canvas. */
  template?: string | undefined;
  form?: TemplateForm | undefined;
};

/** Name, starting point and prices of a design that does not exist yet. Opens the canvas when it does. */
export function NewDesignDialog({ opened, onClose, template, form }: Props) {
  const templates = useTemplates();
  const isReady = template === undefined || templates.data !== undefined || templates.isError;
  return (
    <Modal opened={opened} onClose={onClose} title="New design" size="auto">
      {isReady ? (
        <NewDesignForm key={`${template} ${form}`} template={template} form={form} onClose={onClose} />
      ) : (
        <Loading label="The templates are loading">
          <div className={styles.start} data-wide={template !== undefined || undefined}>
            <Skeleton height={280} />
          </div>
        </Loading>
      )}
    </Modal>
  );
}

function NewDesignForm({ template, form: wished = "hardened", onClose }: Omit<Props, "opened">) {
  const templates = useTemplates().data ?? [];
  const books = usePriceBooks().data ?? [];
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [start, setStart] = useState(template ?? EMPTY_CANVAS);
  const [form, setForm] = useState<TemplateForm>(wished);
  const [parameters, setParameters] = useState<JsonObject>({});
  const [settled] = useDebouncedValue(parameters, TYPING);
  const [chosenBook, setChosenBook] = useState<string | null>(null);

  const begins = templates.find((candidate) => candidate.key === start);
  const shownForm = begins?.forms.includes(form) ? form : "published";
  const shownName = name ?? (begins ? begins.title : "");
  const shownBook = chosenBook ?? begins?.price_book ?? books[0]?.key ?? null;

  // A dialog that waited for the templates has given its focus away already.
  const nameField = useRef<HTMLInputElement>(null);
  useEffect(() => nameField.current?.focus(), []);

  const create = useMutation({
    mutationFn: createDesign,
    onSuccess: (design) => {
      queryClient.setQueryData(keys.design(design.id), design);
      void queryClient.invalidateQueries({ queryKey: keys.designs, exact: true });
      onClose();
      void navigate(`/designs/${design.id}/draw`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: shownName.trim(),
      ...(begins ? { template: begins.key, form: shownForm, parameters } : {}),
      ...(shownBook ? { price_book: shownBook } : {}),
    });
  };
  const startFrom = (key: string | null): void => {
    setStart(key ?? EMPTY_CANVAS);
    setParameters({});
  };

  return (
    <form onSubmit={submit} className={styles.start} data-wide={begins !== undefined || undefined}>
      <div className={styles.form}>
        <TextInput
          label="Name"
          value={shownName}
          onChange={(event) => setName(event.currentTarget.value)}
          placeholder="Web shop"
          maxLength={200}
          required
          withAsterisk={false}
          ref={nameField}
          data-autofocus
        />
        <div className={styles.pair}>
          <Select
            label="Start from"
            data={[{ value: EMPTY_CANVAS, label: "Empty canvas" }, ...templates.map(templateChoice)]}
            value={start}
            onChange={startFrom}
            allowDeselect={false}
            searchable
            comboboxProps={{ withinPortal: true }}
          />
          <Select label="Prices" data={books.map(bookChoice)} value={shownBook} onChange={setChosenBook} allowDeselect={false} />
        </div>
        {begins && (
          <>
            <FormChoice template={begins} form={shownForm} parameters={settled} onChange={setForm} />
            <TemplateParameters key={start} templateKey={begins.key} form={shownForm} said={parameters} onChange={setParameters} />
          </>
        )}
      </div>
      {begins && <TemplatePreview template={begins} form={shownForm} parameters={settled} />}
      <footer className={styles.foot}>
        {create.isError && <Refusal error={create.error} />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending} disabled={!shownName.trim()}>
            Create design
          </Button>
        </div>
      </footer>
    </form>
  );
}

function Refusal({ error }: { error: Error }) {
  const reasons = error instanceof ApiError ? error.reasons : [];
  return (
    <ErrorNotice title={reasons.length > 1 ? "The design was not created yet." : errorSentence(error)}>
      {reasons.length > 1 && (
        <ul className={styles.reasons}>
          {reasons.map(({ at, detail }) => (
            <li key={`${at} ${detail}`}>{detail}</li>
          ))}
        </ul>
      )}
    </ErrorNotice>
  );
}

const templateChoice = (template: Template) => ({ value: template.key, label: template.title });
const bookChoice = (book: PriceBook) => ({ value: book.key, label: `${book.title}, ${book.currency}` });
