import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { dropDraft, listPriceBookVersions, movePriceBookVersion } from "@/api/prices";
import type { PriceBookVersion } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill, type Tone } from "@/ui/Pill";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatAgo } from "@/ui/times";

import { Impact } from "./Impact";
import styles from "./Versions.module.css";

const STATES: Record<string, { word: string; tone: Tone }> = {
  draft: { word: "Draft", tone: "accent" },
  published: { word: "Published", tone: "ok" },
  superseded: { word: "Superseded", tone: "idle" },
  retired: { word: "Retired", tone: "idle" },
};
const STEP_WORDS: Record<string, string> = { publish: "Publish", retire: "Retire", drop: "Drop the draft", delete: "Drop the draft" };

/** What was brought in under this key, the newest first, each with who did what. */
export function Versions({ bookKey, isShipped }: { bookKey: string; isShipped: boolean }) {
  const { data, error, refetch } = useQuery({ queryKey: keys.price_book_versions(bookKey), queryFn: () => listPriceBookVersions(bookKey) });
  if (error) return <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Loading label="Versions are loading">
        <Skeleton width="100%" height={80} />
      </Loading>
    );
  return (
    <ul className={styles.versions}>
      {data.map((version) => (
        <Version key={version.id} version={version} />
      ))}
      {isShipped && (
        <li className={styles.version}>
          <p>
            The version in use came with the product. An import of the same key becomes the next version, and designs that name a version keep it.
          </p>
        </li>
      )}
    </ul>
  );
}

function Version({ version }: { version: PriceBookVersion }) {
  const [isLooking, setLooking] = useState(version.state === "draft");
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: async (step: string) => {
      if (step === "drop" || step === "delete") await dropDraft(version.id);
      else await movePriceBookVersion(version.id, step);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.price_books });
      await client.invalidateQueries({ queryKey: keys.designs });
    },
  });
  const state = STATES[version.state];
  const steps = version.state === "draft" && version.steps.length > 0 && !version.steps.includes("drop") && !version.steps.includes("delete") ? [...version.steps, "drop"] : version.steps;
  return (
    <li className={styles.version}>
      <div className={styles.head}>
        <h3>Version {version.version}</h3>
        <Pill tone={state?.tone ?? "idle"}>{state?.word ?? version.state}</Pill>
        <span className={styles.about}>
          {version.price_count.toLocaleString("en-US")} rows{version.imported_from && `, from ${version.imported_from}`}
        </span>
        <div className={styles.steps}>
          <Button size="xs" aria-expanded={isLooking} onClick={() => setLooking(!isLooking)}>
            What it changes
          </Button>
          {steps.map((step) => (
            <Button key={step} size="xs" variant={step === "publish" ? "filled" : "default"} loading={move.isPending && move.variables === step} onClick={() => move.mutate(step)}>
              {STEP_WORDS[step] ?? step}
            </Button>
          ))}
        </div>
      </div>
      {version.note && <p>{version.note}</p>}
      {move.isError && <ErrorNotice title={errorSentence(move.error)} />}
      {isLooking && <Impact version={version} />}
      <ol className={styles.history} aria-label={`History of version ${String(version.version)}`}>
        {version.history.map((line, index) => (
          <li key={index}>
            {line.what} {line.by ? `${line.by}, ` : ""}
            {formatAgo(line.at)}
          </li>
        ))}
      </ol>
    </li>
  );
}
