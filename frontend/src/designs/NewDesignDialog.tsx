import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { createDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import type { PriceBook, Template } from "@/api/types";
import { usePriceBooks, useTemplates } from "@/catalog/useCatalogue";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./NewDesignDialog.module.css";

const EMPTY_CANVAS = "empty canvas";

type Props = {
  opened: boolean;
  onClose: () => void;
  /** Template to begin with; absent for the empty canvas. */
  template?: string | undefined;
  priceBook?: string | undefined;
};

/** Name, starting point and prices of a design that does not exist yet. Opens the canvas when it does. */
export function NewDesignDialog({ opened, onClose, template, priceBook }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="New design" size={480}>
      <NewDesignForm key={`${template} ${priceBook}`} template={template} priceBook={priceBook} onClose={onClose} />
    </Modal>
  );
}

function NewDesignForm({ template, priceBook, onClose }: Omit<Props, "opened">) {
  const templates = useTemplates().data ?? [];
  const books = usePriceBooks().data ?? [];
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [start, setStart] = useState(template ?? EMPTY_CANVAS);
  const [chosenBook, setChosenBook] = useState<string | null>(priceBook ?? null);

  const begins = templates.find((candidate) => candidate.key === start);
  const shownName = name ?? (begins ? begins.title : "");
  const shownBook = chosenBook ?? begins?.monthly?.price_book ?? books[0]?.key ?? null;

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
      ...(begins ? { template: begins.key } : {}),
      ...(shownBook ? { price_book: shownBook } : {}),
    });
  };

  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput
        label="Name"
        value={shownName}
        onChange={(event) => setName(event.currentTarget.value)}
        placeholder="Web shop"
        maxLength={200}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Select
        label="Start from"
        data={[{ value: EMPTY_CANVAS, label: "Empty canvas" }, ...templates.map(templateChoice)]}
        value={start}
        onChange={(value) => setStart(value ?? EMPTY_CANVAS)}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
      />
      <Select
        label="Prices"
        description="Can be changed later; every amount names its source."
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={books.map(bookChoice)}
        value={shownBook}
        onChange={setChosenBook}
        allowDeselect={false}
      />
      {create.isError && <ErrorNotice title={errorSentence(create.error)} />}
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={create.isPending} disabled={!shownName.trim()}>
          Create design
        </Button>
      </div>
    </form>
  );
}

const templateChoice = (template: Template) => ({ value: template.key, label: template.title });
export const bookChoice = (book: PriceBook) => ({ value: book.key, label: `${book.title}, ${book.currency}` });
