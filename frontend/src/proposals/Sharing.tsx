import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { answerComment, createLink, listComments, listLinks, revokeLink } from "@/api/proposals";
import type { Proposal, ShareLink } from "@/api/types";
import { CopyText } from "@/deploy/CopyText";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill } from "@/ui/Pill";
import { formatAgo, formatDate } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import styles from "./Sharing.module.css";

const intoView = (node: HTMLElement | null) => node?.scrollIntoView({ block: "nearest" });

/** Links to the frozen version: made, shown once, watched, taken back; and what the customer said. */
export function Sharing({ proposal, version }: { proposal: Proposal; version: number }) {
  const queryClient = useQueryClient();
  const links = useQuery({ queryKey: keys.links(proposal.id), queryFn: () => listLinks(proposal.id), staleTime: 0 });
  const again = () => queryClient.invalidateQueries({ queryKey: keys.links(proposal.id) });
  const [days, setDays] = useState("30");
  const [password, setPassword] = useState("");
  const create = useMutation({
    mutationFn: () => createLink(proposal.id, version, { days: Number(days), password }),
    onSuccess: () => {
      setPassword("");
      return again();
    },
  });
  const revoke = useMutation({ mutationFn: (id: string) => revokeLink(proposal.id, id), onSuccess: again });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <div className={styles.sharing}>
      <h2 className={styles.heading}>Share version {version}</h2>
      <form className={styles.form} onSubmit={submit}>
        <TextInput label="Days" type="number" min={1} max={365} value={days} onChange={(event) => setDays(event.currentTarget.value)} />
        <PasswordInput
          label="Password, if any"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
        />
        <Button type="submit" loading={create.isPending} leftSection={<IconLink size={16} stroke={1.75} />}>
          Make a link
        </Button>
      </form>
      {(create.isError || revoke.isError) && (
        <ErrorNotice title={errorSentence(create.error ?? revoke.error ?? new Error())} />
      )}
      {create.data && (
        <div key={create.data.token} ref={intoView} className={styles.made} role="status">
          <p className={styles.words}>Copy it now: it is shown this once.</p>
          <CopyText text={`${window.location.origin}/p/${create.data.token}`} label="the link" />
        </div>
      )}
      <ul className={styles.links}>
        {(links.data ?? []).map((link) => (
          <LinkRow key={link.id} link={link} onRevoke={() => revoke.mutate(link.id)} />
        ))}
      </ul>
      <Said proposal={proposal} />
    </div>
  );
}

function LinkRow({ link, onRevoke }: { link: ShareLink; onRevoke: () => void }) {
  const now = useNow(60);
  const isOpen = link.revoked_at === null && new Date(link.expires_at).getTime() > now;
  const [last] = link.views;
  return (
    <li className={styles.link}>
      <span>
        Version {link.version}, {isOpen ? `until ${formatDate(link.expires_at)}` : link.revoked_at ? "taken back" : "expired"}
        {link.has_password ? ", with a password" : ""}
      </span>
      <span className={styles.small}>
        {last ? `Looked at ${link.views.length === 1 ? "once" : `${link.views.length} times`}, last ${formatAgo(last.at)}` : "Nobody looked yet"}
      </span>
      {isOpen ? (
        <Button size="xs" onClick={onRevoke}>
          Take back
        </Button>
      ) : (
        <Pill>Closed</Pill>
      )}
    </li>
  );
}

function Said({ proposal }: { proposal: Proposal }) {
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const said = useQuery({ queryKey: keys.comments(proposal.id), queryFn: () => listComments(proposal.id), staleTime: 0 });
  const answer = useMutation({
    mutationFn: () => answerComment(proposal.id, text),
    onSuccess: () => {
      setText("");
      return queryClient.invalidateQueries({ queryKey: keys.comments(proposal.id) });
    },
  });
  if (!said.data?.length) return null;
  return (
    <section className={styles.form} aria-label="What was said">
      <h2 className={styles.heading}>What was said</h2>
      {said.data.map((comment) => (
        <article key={`${comment.at} ${comment.text}`}>
          <strong>{comment.name}</strong> <span className={styles.small}>{formatAgo(comment.at)}</span>{" "}
          {comment.asks_for_change && <Pill tone="warn">asks for a change</Pill>}
          <p className={styles.words}>{comment.text}</p>
        </article>
      ))}
      <TextInput label="Answer" value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={5000} />
      {answer.isError && <ErrorNotice title={errorSentence(answer.error)} />}
      <Button size="xs" disabled={text.trim() === ""} loading={answer.isPending} onClick={() => answer.mutate()}>
        Send the answer
      </Button>
    </section>
  );
}
