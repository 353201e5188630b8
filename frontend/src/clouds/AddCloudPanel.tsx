import { Button, PasswordInput, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { addCloud } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { NewCloud } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";

import styles from "./AddCloudPanel.module.css";

type Way = "clouds_yaml" | "credential";

const EXAMPLE = `clouds:
  mycloud:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://…:5000
      application_credential_id: …
      application_credential_secret: …
    region_name: …`;

/** Add a cloud. The server asks it before it is kept, so what is wrong shows here and not in a deployment. */
export function AddCloudPanel({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [way, setWay] = useState<Way>("clouds_yaml");
  const [fields, setFields] = useState({ name: "", text: "", entry: "", auth_url: "", region: "", id: "", secret: "" });
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [name]: value }));
  };
  const add = useMutation({
    mutationFn: addCloud,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.clouds });
      onClose();
    },
  });

  const asked: NewCloud =
    way === "clouds_yaml"
      ? {
          name: fields.name.trim(),
          clouds_yaml: fields.text,
          ...(fields.entry.trim() ? { entry: fields.entry.trim() } : {}),
        }
      : {
          name: fields.name.trim(),
          auth_url: fields.auth_url.trim(),
          region: fields.region.trim(),
          application_credential_id: fields.id.trim(),
          application_credential_secret: fields.secret,
        };
  const isComplete =
    fields.name.trim() !== "" &&
    (way === "clouds_yaml"
      ? fields.text.trim() !== ""
      : [fields.auth_url, fields.id, fields.secret].every((value) => value.trim()));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(asked);
  };

  return (
    <aside className={styles.panel} aria-labelledby="add-cloud-title">
      <form className={styles.form} onSubmit={submit}>
        <header className={styles.head}>
          <h2 id="add-cloud-title">Add a cloud</h2>
          <IconButton label="Close" size={28} onClick={onClose}>
            <IconX size={16} stroke={1.75} />
          </IconButton>
        </header>
        <div className={styles.fields}>
          <SegmentedControl
            fullWidth
            aria-label="How to add it"
            value={way}
            onChange={(value) => {
              setWay(value as Way);
              add.reset();
            }}
            data={[
              { value: "clouds_yaml", label: "clouds.yaml" },
              { value: "credential", label: "Application credential" },
            ]}
          />
          {way === "clouds_yaml" ? (
            <>
              <Textarea
                label="Paste the entry"
                description="The secret is encrypted on arrival and is never shown again."
                inputWrapperOrder={["label", "input", "description", "error"]}
                placeholder={EXAMPLE}
                value={fields.text}
                onChange={set("text")}
                rows={10}
                spellCheck={false}
                autoComplete="off"
                classNames={{ input: styles.mono ?? "" }}
                data-autofocus
              />
              <TextInput
                label="Which cloud"
                description="Its name in the text, when that holds several."
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={fields.entry}
                onChange={set("entry")}
                spellCheck={false}
              />
            </>
          ) : (
            <>
              <TextInput
                label="Identity address"
                placeholder="https://cloud.example:5000/v3"
                value={fields.auth_url}
                onChange={set("auth_url")}
                spellCheck={false}
                type="url"
              />
              <TextInput
                label="Region"
                placeholder="RegionOne"
                value={fields.region}
                onChange={set("region")}
                spellCheck={false}
              />
              <TextInput
                label="Application credential id"
                value={fields.id}
                onChange={set("id")}
                spellCheck={false}
                autoComplete="off"
                classNames={{ input: styles.mono ?? "" }}
              />
              <PasswordInput
                label="Application credential secret"
                description="Encrypted on arrival, never shown again."
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={fields.secret}
                onChange={set("secret")}
                autoComplete="off"
                visibilityToggleButtonProps={{ "aria-label": "Show the secret" }}
              />
            </>
          )}
          <TextInput
            label="Name"
            placeholder="How your team calls it"
            value={fields.name}
            onChange={set("name")}
            maxLength={100}
          />
          {add.isPending && (
            <p className={styles.asking} role="status">
              Signing in, then reading services, flavors, images and quotas.
            </p>
          )}
          {add.isError && (
            <ErrorNotice title={errorSentence(add.error)}>
              <p>Nothing was kept. Correct it and add the cloud again.</p>
            </ErrorNotice>
          )}
        </div>
        <footer className={styles.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={add.isPending} disabled={!isComplete} className={styles.add}>
            Add cloud
          </Button>
        </footer>
      </form>
    </aside>
  );
}
