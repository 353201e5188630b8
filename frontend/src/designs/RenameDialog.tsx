import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { changeDesign } from "@/api/designs";
import { keys } from "@/api/keys";

import styles from "./NewDesignDialog.module.css";

type Named = { id: string; name: string };

export function RenameDialog({
  design,
  onClose,
  onRenamed,
}: {
  design: Named | null;
  onClose: () => void;
  onRenamed?: (name: string) => void;
}) {
  return (
    <Modal opened={design !== null} onClose={onClose} title="Rename design" size={420}>
      {design && <RenameForm key={design.id} design={design} onClose={onClose} onRenamed={onRenamed} />}
    </Modal>
  );
}

function RenameForm({
  design,
  onClose,
  onRenamed,
}: {
  design: Named;
  onClose: () => void;
  onRenamed: ((name: string) => void) | undefined;
}) {
  const [name, setName] = useState(design.name);
  const queryClient = useQueryClient();
  const rename = useMutation({
    mutationFn: () => changeDesign(design.id, { name: name.trim() }),
    onSuccess: async (changed) => {
      onRenamed?.(changed.name);
      await queryClient.invalidateQueries({ queryKey: keys.designs, exact: true });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        error={rename.isError && errorSentence(rename.error)}
        data-autofocus
      />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={rename.isPending} disabled={!name.trim()}>
          Rename
        </Button>
      </div>
    </form>
  );
}
