import { Button } from "@mantine/core";
import { IconEye, IconKey } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { listSecrets, revealSecret } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Secret } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatClock, formatDate } from "@/ui/times";

import { CopyText } from "./CopyText";
import styles from "./Secrets.module.css";

/** The passwords that a deployment made: each one is shown once, to whoever asks first. */
export function Secrets({ deployment_id }: { deployment_id: string }) {
  const secrets = useQuery({ queryKey: keys.secrets(deployment_id), queryFn: () => listSecrets(deployment_id) });
  if (!secrets.data || secrets.data.length === 0) return null;
  const waiting = secrets.data.filter((secret) => !secret.revealed_at).length;
  return (
    <section className={styles.card} aria-labelledby="secrets-title">
      <h2 className={styles.title} id="secrets-title">
        <IconKey size={16} stroke={1.75} aria-hidden="true" />
        Passwords
      </h2>
      <p className={styles.hint}>
        {waiting > 0
          ? "Stackdraft made them for what stands there. Each is shown once, so have a place ready to keep it."
          : "All of them have been shown. A password isn't shown a second time."}
      </p>
      <ul className={styles.list}>
        {secrets.data.map((secret) => (
          <SecretRow key={secret.key} deployment_id={deployment_id} secret={secret} />
        ))}
      </ul>
    </section>
  );
}

function SecretRow({ deployment_id, secret }: { deployment_id: string; secret: Secret }) {
  const queryClient = useQueryClient();
  // Kept by this row alone, never in the cache: gone when the screen is left.
  const [value, setValue] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: async () => setValue((await revealSecret(deployment_id, secret.key)).value),
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.secrets(deployment_id) }),
  });
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <div className={styles.name}>{secret.name}</div>
        {secret.user && <div className={styles.meta}>User {secret.user}</div>}
        {value !== null ? (
          <CopyText text={value} label={`Copy ${secret.name}`} />
        ) : (
          secret.revealed_at && (
            <div className={styles.meta}>
              Shown to {secret.revealed_by || "somebody who is gone"}, {formatDate(secret.revealed_at)}{" "}
              {formatClock(secret.revealed_at)}
            </div>
          )
        )}
        {reveal.error && <ErrorNotice title={errorSentence(reveal.error)} />}
      </div>
      {!secret.revealed_at && value === null && (
        <Button
          size="xs"
          leftSection={<IconEye size={14} stroke={1.75} />}
          onClick={() => reveal.mutate()}
          loading={reveal.isPending}
          aria-label={`Show ${secret.name} once`}
        >
          Show once
        </Button>
      )}
    </li>
  );
}
