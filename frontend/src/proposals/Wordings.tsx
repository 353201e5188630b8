import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { changeWording, createWording, deleteWording, type NewWording } from "@/api/proposals";
import type { StarterWording, Wording } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill } from "@/ui/Pill";
import { showToast } from "@/ui/toasts";

import { Clauses } from "./Clauses";
import styles from "./SellerScreen.module.css";

const NEW = "new";
const STARTER = "starter";

type Props = { wordings: readonly Wording[]; starter: StarterWording };

/** Texts kept by name: choose one to write on it, or begin another, from nothing or from ours. */
export function Wordings({ wordings, starter }: Props) {
  const [chosen, setChosen] = useState(wordings[0]?.id ?? STARTER);
  const wording = wordings.find(({ id }) => id === chosen);
  const isStarter = chosen === STARTER;
  const is_usual = wordings.length === 0;
  const begun = isStarter
    ? { ...starter, name: is_usual ? "Usual texts" : "", is_usual }
    : { name: "", summary: "", benefits: [], terms: [], is_usual };
  return (
    <section className={styles.pane} aria-labelledby="texts">
      <h2 id="texts" className={styles.heading}>
        Texts and terms
      </h2>
      <p className={styles.note}>
        A new proposal begins with the usual ones; others are filled in while it is written. Proposals keep what they
        were written with.
      </p>
      <div className={styles.chips} role="group" aria-label="Kept texts">
        {wordings.map(({ id, name, is_usual }) => (
          <button key={id} type="button" className={styles.chip} aria-pressed={id === chosen} onClick={() => setChosen(id)}>
            {name}
            {is_usual && <Pill tone="accent">usual</Pill>}
          </button>
        ))}
        <button type="button" className={styles.chip} aria-pressed={isStarter} onClick={() => setChosen(STARTER)}>
          {starter.name} <Pill>from Stackdraft</Pill>
        </button>
        <button
          type="button"
          className={styles.chip}
          aria-pressed={!wording && !isStarter}
          onClick={() => setChosen(NEW)}
        >
          <IconPlus size={14} stroke={1.75} aria-hidden="true" />
          New texts
        </button>
      </div>
      {isStarter && (
        <p className={styles.note}>
          Stackdraft’s own words, without names and amounts. Change what is otherwise with you, and let somebody who
          knows your contracts read the terms. Kept under a name, they are yours.
        </p>
      )}
      <WordingForm key={chosen} wording={wording} begun={begun} onChosen={setChosen} />
    </section>
  );
}

type FormProps = { wording: Wording | undefined; begun: NewWording; onChosen: (id: string) => void };

function WordingForm({ wording, begun, onChosen }: FormProps) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.wordings });
  const [said, setSaid] = useState<NewWording>(wording ? asSaid(wording) : begun);
  const save = useMutation({
    mutationFn: () => (wording ? changeWording(wording.id, said) : createWording(said)),
    onSuccess: async ({ id }) => {
      await refresh();
      onChosen(id);
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Wording) => deleteWording(id),
    onSuccess: async (_, gone) => {
      await refresh();
      onChosen(NEW);
      showToast({
        text: `${gone.name} is deleted.`,
        action: { label: "Undo", run: () => void createWording(asSaid(gone)).then(refresh) },
      });
    },
  });
  const set = (change: Partial<NewWording>) => {
    save.reset();
    setSaid((before) => ({ ...before, ...change }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const failed = save.error ?? remove.error;
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="Name"
        description="For you alone, such as the kind of customer."
        required
        value={said.name}
        maxLength={100}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Checkbox
        label="New proposals begin with these"
        checked={said.is_usual ?? false}
        onChange={(event) => set({ is_usual: event.currentTarget.checked })}
      />
      <Textarea
        label="Summary"
        description="An empty line begins a new paragraph."
        value={said.summary ?? ""}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20000}
        onChange={(event) => set({ summary: event.currentTarget.value })}
      />
      <Clauses title="Benefits" clauses={said.benefits ?? []} most={6} onChange={(benefits) => set({ benefits })} />
      <Clauses title="Terms" clauses={said.terms ?? []} most={60} onChange={(terms) => set({ terms })} />
      {failed && <ErrorNotice title={errorSentence(failed)} />}
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending} disabled={said.name.trim() === ""}>
          {wording ? "Save these texts" : "Keep these texts"}
        </Button>
        {wording && (
          <Button onClick={() => remove.mutate(wording)} loading={remove.isPending}>
            Delete
          </Button>
        )}
        <span className={styles.note} role="status">
          {save.isSuccess && "Saved."}
        </span>
      </div>
    </form>
  );
}

const asSaid = ({ name, summary, benefits, terms, is_usual }: Wording): NewWording => ({
  name,
  summary,
  benefits,
  terms,
  is_usual,
});
