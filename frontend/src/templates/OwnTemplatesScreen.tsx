import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { listTemplateVersions, moveTemplateVersion, templateVersionPicture } from "@/api/catalog";
import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import type { TemplateStep, TemplateVersion } from "@/api/types";
import { Screen } from "@/app/Screen";
import { useScheme } from "@/app/useScheme";
import formStyles from "@/designs/NewDesignDialog.module.css";
import { countOf } from "@/ui/count";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill, type Tone } from "@/ui/Pill";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatAgo } from "@/ui/times";

import styles from "./OwnTemplatesScreen.module.css";

const STATES: Record<TemplateVersion["state"], { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "idle" },
  review: { label: "In review", tone: "warn" },
  published: { label: "Published", tone: "ok" },
  retired: { label: "Retired", tone: "idle" },
};

const STEPS: Record<TemplateStep, string> = {
  submit: "Send to review",
  return: "Return to author",
  publish: "Publish",
  retire: "Retire",
};

/** Templates that people here made from designs, version by version, on their way from draft to published. */
export function OwnTemplatesScreen() {
  const versions = useQuery({ queryKey: keys.template_versions, queryFn: listTemplateVersions });
  const queryClient = useQueryClient();
  const [returning, setReturning] = useState<TemplateVersion | null>(null);
  const [lookedAt, setLookedAt] = useState<TemplateVersion | null>(null);
  const { scheme } = useScheme();
  const move = useMutation({
    mutationFn: ({ version, step, note }: { version: TemplateVersion; step: TemplateStep; note?: string }) =>
      moveTemplateVersion(version.id, step, note),
    onSuccess: async () => {
      setReturning(null);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.template_versions }),
        queryClient.invalidateQueries({ queryKey: keys.templates }),
      ]);
    },
  });
  const act = (version: TemplateVersion, step: TemplateStep): void => {
    if (step === "return") setReturning(version);
    else move.mutate({ version, step });
  };
  return (
    <Screen
      title="Own templates"
      count={versions.data?.length}
      actions={
        <Button component={Link} to="/templates">
          All templates
        </Button>
      }
    >
      <div className={styles.scroll}>
        {versions.isError && <ErrorNotice title={errorSentence(versions.error)} onRetry={() => void versions.refetch()} />}
        {move.isError && <ErrorNotice title={errorSentence(move.error)} />}
        {versions.isPending && (
          <Loading label="Own templates are loading">
            <div className={styles.skeleton}>
              <Skeleton width="60%" height={20} />
              <Skeleton width="48%" height={20} />
            </div>
          </Loading>
        )}
        {versions.data?.length === 0 && (
          <EmptyState title="No templates of your own yet">
            <p>Open a design, and choose Publish as template behind its name. A reviewer looks at it before others can start from it.</p>
          </EmptyState>
        )}
        {versions.data && versions.data.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className={styles.hidden}>Drawing</span>
                </th>
                <th scope="col">Template</th>
                <th scope="col">State</th>
                <th scope="col">Last step</th>
                <th scope="col">
                  <span className={styles.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {versions.data.map((version) => (
                <Row
                  key={version.id}
                  version={version}
                  isBusy={move.isPending}
                  onLook={() => setLookedAt(version)}
                  onStep={(step) => act(version, step)}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <Modal opened={returning !== null} onClose={() => setReturning(null)} title={`Return ${returning?.title ?? ""}`} size={440}>
        {returning && (
          <ReturnForm
            key={returning.id}
            isBusy={move.isPending}
            onCancel={() => setReturning(null)}
            onReturn={(note) => move.mutate({ version: returning, step: "return", note })}
          />
        )}
      </Modal>
      <Modal
        opened={lookedAt !== null}
        onClose={() => setLookedAt(null)}
        title={lookedAt && `${lookedAt.title}, version ${String(lookedAt.number)}`}
        size="min(1400px, 94vw)"
      >
        {lookedAt && <img className={styles.drawing} src={templateVersionPicture(lookedAt.id, scheme)} alt={`Drawing of ${lookedAt.title}`} />}
      </Modal>
    </Screen>
  );
}

type RowProps = { version: TemplateVersion; isBusy: boolean; onLook: () => void; onStep: (step: TemplateStep) => void };

function Row({ version, isBusy, onLook, onStep }: RowProps) {
  const { scheme } = useScheme();
  const { label, tone } = STATES[version.state];
  const last = lastStep(version);
  return (
    <tr>
      <td className={styles.look}>
        <button type="button" className={styles.thumbnail} aria-label={`Look at ${version.title}, version ${String(version.number)}`} onClick={onLook}>
          <img src={templateVersionPicture(version.id, scheme)} alt="" loading="lazy" />
        </button>
      </td>
      <td>
        <span className={styles.name}>
          {version.state === "published" ? <Link to={`/templates/${version.key}`}>{version.title}</Link> : version.title}
        </span>
        <span className={styles.quiet}>
          <code>{version.key}</code> version {version.number}, {countOf(version.component_count, "component")}
        </span>
        {version.state === "draft" && version.note && <span className={styles.note}>Returned: {version.note}</span>}
      </td>
      <td>
        <Pill tone={tone}>{label}</Pill>
      </td>
      <td className={styles.quiet}>
        {last.what} {last.by && `by ${last.by} `}
        <time dateTime={last.at}>{formatAgo(last.at)}</time>
      </td>
      <td>
        <div className={styles.steps}>
          {version.steps.map((step) => (
            <Button key={step} size="xs" disabled={isBusy} onClick={() => onStep(step)}>
              {STEPS[step]}
            </Button>
          ))}
          {version.state === "review" && !version.steps.includes("publish") && (
            <span className={styles.quiet}>{version.steps.length > 0 ? "Somebody else publishes it" : "Waits for a reviewer"}</span>
          )}
        </div>
      </td>
    </tr>
  );
}

function ReturnForm({ isBusy, onCancel, onReturn }: { isBusy: boolean; onCancel: () => void; onReturn: (note: string) => void }) {
  const [note, setNote] = useState("");
  return (
    <form
      className={formStyles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onReturn(note.trim());
      }}
    >
      <Textarea
        label="What should change"
        description="The author reads this beside the draft."
        autosize
        minRows={3}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
      <div className={formStyles.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Return to author
        </Button>
      </div>
    </form>
  );
}

/** What happened to it last, whichever way it went. */
export function lastStep(version: TemplateVersion): { what: string; by: string | null; at: string } {
  const steps = [
    { what: "Drafted", by: version.author, at: version.created_at },
    { what: "Sent to review", by: version.submitted_by, at: version.submitted_at },
    { what: "Returned", by: version.returned_by, at: version.returned_at },
    { what: "Published", by: version.published_by, at: version.published_at },
    { what: "Retired", by: version.retired_by, at: version.retired_at },
  ].flatMap(({ what, by, at }) => (at === null ? [] : [{ what, by, at }]));
  return steps.reduce((latest, step) => (step.at >= latest.at ? step : latest));
}
