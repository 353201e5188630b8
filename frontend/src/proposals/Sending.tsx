import { Button, NativeSelect } from "@mantine/core";
import { IconDownload, IconRocket, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { type FileEnding, freezeProposal, makeFiles, proposalFile } from "@/api/proposals";
import type { Proposal, ProposalPreview, ProposalVersion } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatAgo } from "@/ui/times";

import { isMaking } from "./making";
import styles from "./Sending.module.css";
import { Sharing } from "./Sharing";
import { useDeleteProposal } from "./useDeleteProposal";

const ENDINGS: readonly FileEnding[] = ["pdf", "xlsx", "docx"];

type Props = { designId: string; proposal: Proposal; preview: ProposalPreview | undefined; flush: () => Promise<unknown> };

/** From the draft to what a customer gets: files, a frozen version, a link. */
export function Sending({ designId, proposal, preview, flush }: Props) {
  const newest = proposal.versions.at(-1);
  const remove = useDeleteProposal(designId);
  return (
    <section className={styles.sending} aria-label="Sending">
      {proposal.accepted_option && (
        <Button component={Link} to="accepted" relative="path" leftSection={<IconRocket size={16} stroke={1.75} />}>
          Deploy option {proposal.accepted_option} as accepted
        </Button>
      )}
      <Freezing key={newest?.number ?? 0} proposal={proposal} preview={preview} flush={flush} />
      {newest ? (
        <Versions proposal={proposal} />
      ) : (
        <>
          <Files proposal={proposal} />
          <p className={styles.note}>Files are of the draft, and say so.</p>
        </>
      )}
      {newest && <Sharing proposal={proposal} version={newest.number} />}
      {!proposal.accepted_option && (
        <Button size="xs" leftSection={<IconTrash size={14} stroke={1.75} />} onClick={() => remove(proposal)}>
          Delete the proposal
        </Button>
      )}
    </section>
  );
}

function Freezing({ proposal, preview, flush }: Omit<Props, "designId">) {
  const queryClient = useQueryClient();
  const newest = proposal.versions.at(-1);
  const [since, setSince] = useState(newest?.number ?? 0);
  const freeze = useMutation({
    mutationFn: async () => {
      await flush(); // what was typed just now is frozen too
      return freezeProposal(proposal.id, since);
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.proposal(proposal.id) }),
  });
  const isFrozen = newest !== undefined && newest.content_hash === preview?.content_hash;
  return (
    <>
      {newest && !isFrozen && (
        <NativeSelect
          label="The documents say what changed"
          value={String(since)}
          onChange={(event) => setSince(Number(event.currentTarget.value))}
          data={[
            ...proposal.versions.map(({ number }) => ({ value: String(number), label: `since version ${number}` })).reverse(),
            { value: "0", label: "not at all" },
          ]}
        />
      )}
      {freeze.isError && <ErrorNotice title={errorSentence(freeze.error)} />}
      <Button
        variant="filled"
        loading={freeze.isPending}
        disabled={!preview || preview.obstacles.length > 0 || isFrozen}
        onClick={() => freeze.mutate()}
      >
        {isFrozen ? `Frozen as version ${newest.number}` : `Freeze version ${(newest?.number ?? 0) + 1}`}
      </Button>
    </>
  );
}

function Versions({ proposal }: { proposal: Proposal }) {
  return (
    <ul className={styles.versions} aria-label="Versions">
      {proposal.versions.toReversed().map((version) => (
        <li key={version.number} className={styles.version}>
          <span>
            Version {version.number} <span className={styles.note}>{wordsOf(version)}</span>
          </span>
          <Files proposal={proposal} version={version} />
        </li>
      ))}
    </ul>
  );
}

/** A file that is being made can be waited for or fetched at once: then it is made for whoever fetches it. */
function Files({ proposal, version }: { proposal: Proposal; version?: ProposalVersion }) {
  const queryClient = useQueryClient();
  const again = useMutation({
    mutationFn: (number: number) => makeFiles(proposal.id, number),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.proposal(proposal.id), exact: true }),
  });
  const files = version?.files ?? [];
  const ready = files.filter(({ state }) => state === "ready").length;
  const failed = files.find(({ state }) => state === "failed");
  const leftAlone = files.find(({ state, detail }) => state !== "failed" && detail);
  return (
    <>
      <span className={styles.files}>
        {ENDINGS.map((ending) => (
          <Button
            key={ending}
            component="a"
            size="xs"
            href={proposalFile(proposal.id, ending, version?.number)}
            download
            aria-label={`${ending.toUpperCase()} of ${version ? `version ${version.number}` : "the draft"}`}
            leftSection={<IconDownload size={14} stroke={1.75} />}
          >
            {ending.toUpperCase()}
          </Button>
        ))}
      </span>
      <span className={styles.note} role="status">
        {isMaking(files) && !leftAlone && `The files are being made, ${ready} of ${files.length} ready.`}
      </span>
      {version && leftAlone && (
        <ErrorNotice
          title={`${ready} of ${files.length} files are made`}
          retryLabel="Ask again"
          onRetry={() => again.mutate(version.number)}
        >
          {leftAlone.detail}
        </ErrorNotice>
      )}
      {version && failed && (
        <ErrorNotice
          title={`${failed.ending.toUpperCase()}: ${failed.detail}`}
          onRetry={() => again.mutate(version.number)}
        />
      )}
      {again.isError && <ErrorNotice title={errorSentence(again.error)} />}
    </>
  );
}

const wordsOf = ({ created_at, changed_since }: ProposalVersion) =>
  `${formatAgo(created_at)}${changed_since ? `, says what changed since ${changed_since}` : ""}`;
