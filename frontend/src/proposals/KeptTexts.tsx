import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { createWording, getStarterWording, listWordings } from "@/api/proposals";
import type { Draft, StarterWording } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { showToast } from "@/ui/toasts";

import styles from "./ProposalEditor.module.css";

type Props = { draft: Draft; write: (change: Draft) => void; onStarted: () => void };

const STARTER = "starter";
const focused = (field: HTMLElement | null) => field?.focus();

/** Summary, benefits and terms that were kept under a name, and ours for those that are still empty. */
export function FillIn({ draft, write, onStarted }: Props) {
  const wordings = useQuery({ queryKey: keys.wordings, queryFn: listWordings });
  const starter = useQuery({ queryKey: keys.starter_wording, queryFn: getStarterWording });
  if (!wordings.data || !starter.data) return null;
  const missing = missingOf(draft, starter.data);
  const canStart = Object.keys(missing).length > 0;
  const { summary, benefits, terms } = draft;
  const replace = (words: Draft, text: string) => {
    write(words);
    showToast({ text, action: { label: "Undo", run: () => write({ summary, benefits, terms }) } });
  };
  const start = () => {
    replace(missing, "Starter texts filled in. Read them: the customer will.");
    onStarted();
  };
  const fillIn = (id: string | null) => {
    if (id === STARTER) return start();
    const chosen = wordings.data.find((one) => one.id === id);
    if (!chosen) return;
    replace(
      { summary: chosen.summary, benefits: chosen.benefits, terms: chosen.terms },
      `Summary, benefits and terms are those of ${chosen.name}.`,
    );
  };
  if (wordings.data.length === 0) {
    return canStart ? <Button onClick={start}>Begin with Stackdraft’s starter texts</Button> : null;
  }
  const kept = wordings.data.map(({ id, name }) => ({ value: id, label: name }));
  const ours = { value: STARTER, label: "Stackdraft’s, for what is empty", disabled: !canStart };
  return (
    <Select
      label="Kept texts"
      placeholder="Fill in"
      data={[...kept, ours]}
      value={null}
      onChange={fillIn}
      searchable
    />
  );
}

/** Under a name, for proposals to come. */
export function KeepTexts({ draft: { summary, benefits, terms } }: Pick<Props, "draft">) {
  const queryClient = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const keep = useMutation({
    mutationFn: (name: string) => createWording({ name, summary, benefits, terms, is_usual: false }),
    onSuccess: (kept) => {
      setName(null);
      showToast({ text: `Kept as ${kept.name}.` });
      return queryClient.invalidateQueries({ queryKey: keys.wordings });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name?.trim()) keep.mutate(name.trim());
  };
  return (
    <div className={styles.group}>
      {name === null ? (
        <Button size="xs" onClick={() => setName("")}>
          Keep these texts for others
        </Button>
      ) : (
        <form className={styles.keeping} onSubmit={submit}>
          <TextInput
            ref={focused}
            label="Keep them as"
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={keep.isPending} disabled={name.trim() === ""}>
            Keep
          </Button>
        </form>
      )}
      {keep.isError && <ErrorNotice title={errorSentence(keep.error)} />}
    </div>
  );
}

/** What the starter has for parts in which nobody wrote a word. */
function missingOf(draft: Draft, { summary, benefits, terms }: StarterWording): Draft {
  return {
    ...(!draft.summary?.trim() && { summary }),
    ...(isEmpty(draft.benefits) && { benefits }),
    ...(isEmpty(draft.terms) && { terms }),
  };
}

const isEmpty = (clauses: Draft["terms"] = []) => clauses.every(({ title, text }) => !title.trim() && !text.trim());
