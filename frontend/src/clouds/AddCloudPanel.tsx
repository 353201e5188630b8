import { Button, PasswordInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { addCloud, changeCloud } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Cloud, Credential } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";

import styles from "./AddCloudPanel.module.css";
import { useEntries } from "./useEntries";

type Way = "clouds_yaml" | "credential";

const EXAMPLE = `clouds:
  mycloud:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://…:5000
      application_credential_id: …
      application_credential_secret: …
    region_name: …`;

/**
 * Add a cloud, or give one that is there a new credential. The server asks it before anything is kept, so what is
 * wrong shows here and not in a deployment.
 */
export function AddCloudPanel({ renewing, onClose }: { renewing?: Cloud | undefined; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [way, setWay] = useState<Way>("clouds_yaml");
  const [fields, setFields] = useState({
    name: renewing?.name ?? "",
    text: "",
    entry: "",
    auth_url: renewing?.auth_url ?? "",
    region: renewing?.region ?? "",
    id: "",
    secret: "",
  });
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [name]: value }));
  };
  const { entries, isReading, error, readAgain } = useEntries(way === "clouds_yaml" ? fields.text : "");
  const usable = entries.filter(({ problem }) => problem === "").map(({ name }) => name);
  const entry = usable.includes(fields.entry) ? fields.entry : usable.length === 1 ? (usable[0] ?? "") : "";
  const save = useMutation({
    mutationFn: (asked: { name: string } & Credential) =>
      renewing ? changeCloud(renewing.id, asked) : addCloud(asked),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.clouds });
      onClose();
    },
  });

  const credential: Credential =
    way === "clouds_yaml"
      ? { clouds_yaml: fields.text, ...(entry ? { entry } : {}) }
      : {
          auth_url: fields.auth_url.trim(),
          region: fields.region.trim(),
          application_credential_id: fields.id.trim(),
          application_credential_secret: fields.secret,
        };
  const isComplete =
    fields.name.trim() !== "" &&
    (way === "clouds_yaml"
      ? fields.text.trim() !== "" && !isReading && !error && (entries.length < 2 || entry !== "")
      : [fields.auth_url, fields.id, fields.secret].every((value) => value.trim()));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: fields.name.trim(), ...credential });
  };

  return (
    <aside className={styles.panel} aria-labelledby="add-cloud-title">
      <form className={styles.form} onSubmit={submit}>
        <header className={styles.head}>
          <h2 id="add-cloud-title">{renewing ? `New credential for ${renewing.name}` : "Add a cloud"}</h2>
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
              save.reset();
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
              {error && (
                <ErrorNotice title={errorSentence(error)} onRetry={readAgain} retryLabel="Read it again" />
              )}
              {entries.length > 1 && (
                <Select
                  label="Which cloud"
                  placeholder={`It holds ${entries.length}: choose one`}
                  data={entries.map(({ name, region, problem }) => ({
                    value: name,
                    label: region ? `${name}, ${region}` : name,
                    disabled: problem !== "",
                  }))}
                  value={entry || null}
                  onChange={(value) => setFields((before) => ({ ...before, entry: value ?? "" }))}
                  allowDeselect={false}
                />
              )}
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
                label="Default region"
                description="Empty takes the cloud's first. All its regions can be deployed to."
                inputWrapperOrder={["label", "input", "description", "error"]}
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
          {save.isPending && (
            <p className={styles.asking} role="status">
              Signing in, then reading services, flavors, images and quotas of each region.
            </p>
          )}
          {save.isError && (
            <ErrorNotice title={errorSentence(save.error)}>
              <p>{renewing ? "The old credential stays." : "Nothing was kept. Correct it and add the cloud again."}</p>
            </ErrorNotice>
          )}
        </div>
        <footer className={styles.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            loading={save.isPending || isReading}
            disabled={!isComplete}
            className={styles.add}
          >
            {renewing ? "Renew credential" : "Add cloud"}
          </Button>
        </footer>
      </form>
    </aside>
  );
}
