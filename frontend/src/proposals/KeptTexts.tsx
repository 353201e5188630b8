import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { createWording, listWordings } from "@/api/proposals";
import type { Draft } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { showToast } from "@/ui/toasts";

import styles from "./ProposalEditor.module.css";

type Props = { draft: Draft; write: (change: Draft) => void };

/** Fill in summary, benefits and terms that were kept under a name, or keep those that are written here. */
export function KeptTexts({ draft, write }: Props) {
  const queryClient = useQueryClient();
  const wordings = useQuery({ queryKey: keys.wordings, queryFn: listWordings });
  const [name, setName] = useState<string | null>(null);
  const { summary, benefits, terms } = draft;
  const keep = useMutation({
    mutationFn: (name: string) => createWording({ name, summary, benefits, terms, is_usual: false }),
    onSuccess: () => {
      setName(null);
      return queryClient.invalidateQueries({ queryKey: keys.wordings });
    },
  });
  const fillIn = (id: string | null) => {
    const chosen = wordings.data?.find((one) => one.id === id);
    if (!chosen) return;
    write({ summary: chosen.summary, benefits: chosen.benefits, terms: chosen.terms });
    showToast({
      text: `Summary, benefits and terms are those of ${chosen.name}.`,
      action: { label: "Undo", run: () => write({ summary, benefits, terms }) },
    });
  };
  return (
    <div className={styles.group}>
      {wordings.data && wordings.data.length > 0 && (
        <Select
          label="Kept texts"
          placeholder="Fill in"
          data={wordings.data.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={fillIn}
          searchable
        />
      )}
      {name === null ? (
        <Button size="xs" onClick={() => setName("")}>
          Keep these texts for others
        </Button>
      ) : (
        <div className={styles.keeping}>
          <TextInput
            label="Keep them as"
            value={name}
            maxLength={100}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button loading={keep.isPending} disabled={name.trim() === ""} onClick={() => keep.mutate(name.trim())}>
            Keep
          </Button>
        </div>
      )}
      {keep.isError && <ErrorNotice title={errorSentence(keep.error)} />}
    </div>
  );
}
