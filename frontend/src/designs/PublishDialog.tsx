import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { publishAsTemplate } from "@/api/designs";
import { keys } from "@/api/keys";
import { useDesignStore } from "@/stores/designStore";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./NewDesignDialog.module.css";

type Props = { design: { id: string; name: string } | null; onClose: () => void };

/** Makes a draft of an own template from what the design is now. Reviewers decide whether others may start from it. */
export function PublishDialog({ design, onClose }: Props) {
  return (
    <Modal opened={design !== null} onClose={onClose} title="Publish as template" size={480}>
      {design && <PublishForm key={design.id} design={design} onClose={onClose} />}
    </Modal>
  );
}

function PublishForm({ design, onClose }: { design: { id: string; name: string }; onClose: () => void }) {
  const [title, setTitle] = useState(design.name);
  const [chosenKey, setKey] = useState<string>();
  const [summary, setSummary] = useState("");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const key = chosenKey ?? keyFor(title);
  const publish = useMutation({
    mutationFn: async () => {
      await useDesignStore.getState().flush();
      return publishAsTemplate(design.id, { key, title: title.trim(), summary: summary.trim() });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.template_versions });
      onClose();
      void navigate("/own-templates");
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    publish.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        This makes a draft. You send it to review, and when it is published everybody can start designs from it. Keys of
        yours, such as an SSH key, stay out.
      </p>
      <TextInput
        label="Title"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
      <TextInput
        label="Key"
        description="A key that you used before makes a new version of that template."
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        maxLength={60}
        styles={{ input: { fontFamily: "var(--sd-mono)" } }}
      />
      <Textarea
        label="Summary"
        placeholder="What it is for, in one or two sentences"
        autosize
        minRows={2}
        maxLength={2000}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
      />
      {publish.isError && <ErrorNotice title={errorSentence(publish.error)} />}
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          loading={publish.isPending}
          disabled={!title.trim() || !key.trim() || !summary.trim()}
        >
          Make a draft
        </Button>
      </div>
    </form>
  );
}

/** `Web shop, large` becomes `web-shop-large`: small letters, digits and hyphens, a letter first. */
export function keyFor(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[0-9-]+/, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}
