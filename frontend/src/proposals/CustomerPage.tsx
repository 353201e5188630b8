import { Button, Checkbox, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { IconCircleCheck, IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useParams } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { acceptShared, commentShared, getShared, sharedFile, sharedPicture, unlockShared } from "@/api/proposals";
import type { OfferOption, SharedProposal } from "@/api/types";
import { useScheme } from "@/app/useScheme";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatAgo, formatDate } from "@/ui/times";

import { Changes } from "./Changes";
import styles from "./CustomerPage.module.css";
import { Offer } from "./Offer";
import { OptionCards } from "./OptionCards";
import { Pitch } from "./Pitch";

/** What a customer sees by a link: reads, downloads, asks, accepts. No account, nothing of the seller's side. */
export function CustomerPage() {
  const { token = "" } = useParams();
  const shared = useQuery({
    queryKey: keys.shared(token),
    queryFn: ({ signal }) => getShared(token, signal),
    retry: false,
  });
  if (shared.error instanceof ApiError && shared.error.code === "password_needed") return <Password token={token} />;
  if (shared.isError) {
    return (
      <main className={styles.alone}>
        <title>Proposal</title>
        <ErrorNotice title={errorSentence(shared.error)} />
      </main>
    );
  }
  if (!shared.data) {
    return (
      <Loading label="The proposal is loading">
        <div className={styles.alone}>
          <Skeleton width={280} height={32} />
          <Skeleton height={320} />
        </div>
      </Loading>
    );
  }
  return <Page token={token} shared={shared.data} />;
}

function Page({ token, shared }: { token: string; shared: SharedProposal }) {
  const { contents, acceptance } = shared;
  const { scheme } = useScheme();
  const [letter, setLetter] = useState(acceptance?.option ?? (contents.recommended || contents.options[0]?.letter || ""));
  const option = contents.options.find((one) => one.letter === letter);
  return (
    <div className={styles.page}>
      <title>{`${contents.title}, proposal for ${contents.customer.name}`}</title>
      <header className={styles.bar}>
        {contents.seller.logo ? (
          <img className={styles.logo} src={`data:image/png;base64,${contents.seller.logo}`} alt={contents.seller.name} />
        ) : (
          <strong>{contents.seller.name}</strong>
        )}
        <span className={styles.for}>
          {contents.number}, version {shared.version}, for <bdi>{contents.customer.name}</bdi>
        </span>
        <span className={styles.valid}>Valid until {formatDate(contents.valid_until)}</span>
        {(["pdf", "xlsx", "docx"] as const).map((ending) => (
          <Button
            key={ending}
            component="a"
            href={sharedFile(token, ending)}
            download
            leftSection={<IconDownload size={16} stroke={1.75} />}
          >
            {ending.toUpperCase()}
          </Button>
        ))}
      </header>
      <div className={styles.columns}>
        <main className={styles.main}>
          <h1 className={styles.title}>{contents.title}</h1>
          <Pitch contents={contents} />
          {shared.changes && shared.changes.rows.length > 0 && (
            <details className={styles.changes}>
              <summary>What changed since version {shared.changes.since}</summary>
              <Changes rows={shared.changes.rows} />
            </details>
          )}
          {option && (
            <Offer
              contents={contents}
              option={option}
              pictureOf={(view) => sharedPicture(token, option.letter, view, scheme)}
              on="page"
            />
          )}
        </main>
        <aside className={styles.side} aria-label="Options and acceptance">
          {!shared.is_newest && <ErrorNotice title="There is a newer version. Ask for its link to accept it." />}
          <OptionCards contents={contents} chosen={letter} onChoose={setLetter} />
          {option && <Accepting token={token} shared={shared} option={option} />}
          <Comments token={token} shared={shared} />
        </aside>
      </div>
    </div>
  );
}

const focused = (node: HTMLElement | null) => node?.focus();

function Accepting({ token, shared, option }: { token: string; shared: SharedProposal; option: OfferOption }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState("");
  const [agreed, setAgreed] = useState(false);
  const accept = useMutation({
    mutationFn: () => acceptShared(token, { option: option.letter, name, role, content_hash: shared.content_hash }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.shared(token) }),
  });
  const hash = <code className={styles.hash}>{shared.content_hash.slice(0, 8)}</code>;
  if (shared.acceptance) {
    return (
      <section className={styles.card} aria-label="Accepted" tabIndex={-1} ref={accept.isSuccess ? focused : null}>
        <p className={styles.accepted}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden="true" />
          <bdi>{shared.acceptance.name}</bdi> accepted option {shared.acceptance.option}, {formatAgo(shared.acceptance.at)}
        </p>
        <p className={styles.small}>Exactly this version, {hash}.</p>
      </section>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <form className={styles.card} onSubmit={submit} aria-labelledby="accept-title">
      <h2 id="accept-title" className={styles.heading}>
        Accept option {option.letter}
      </h2>
      <div className={styles.two}>
        <TextInput label="Your name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} autoComplete="name" />
        <TextInput label="Role" value={role} onChange={(event) => setRole(event.currentTarget.value)} maxLength={200} autoComplete="organization-title" />
      </div>
      <Checkbox
        label={`I accept the price and the terms of this proposal for ${option.sums.months} months.`}
        checked={agreed}
        onChange={(event) => setAgreed(event.currentTarget.checked)}
      />
      {accept.isError && <ErrorNotice title={errorSentence(accept.error)} />}
      <Button
        type="submit"
        variant="filled"
        fullWidth
        loading={accept.isPending}
        disabled={!agreed || name.trim() === "" || !shared.is_newest}
      >
        Accept for {formatMoney(option.sums.net.monthly, shared.contents.currency)} a month
      </Button>
      <p className={styles.small}>You accept exactly this version, {hash}. Nothing else can be built from it.</p>
    </form>
  );
}

function Comments({ token, shared }: { token: string; shared: SharedProposal }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [asks, setAsks] = useState(false);
  const send = useMutation({
    mutationFn: () => commentShared(token, { name, text, asks_for_change: asks }),
    onSuccess: async () => {
      setText("");
      setAsks(false);
      await queryClient.invalidateQueries({ queryKey: keys.shared(token) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <section className={styles.card} aria-label="Questions">
      <h2 className={styles.heading}>Questions and changes</h2>
      {shared.comments.map((comment) => (
        <article key={`${comment.at} ${comment.text}`} className={styles.comment}>
          <strong>
            <bdi>{comment.name}</bdi>
          </strong>{" "}
          <span className={styles.small}>
            {comment.is_sellers ? `of ${shared.contents.seller.name}, ` : ""}
            {formatAgo(comment.at)}
            {comment.asks_for_change ? ", asks for a change" : ""}
          </span>
          <p className={styles.words}>{comment.text}</p>
        </article>
      ))}
      <form className={styles.form} onSubmit={submit}>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} autoComplete="name" />
        <Textarea label="Question or wish" value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={5000} autosize minRows={2} />
        <Checkbox label="I ask for a change" checked={asks} onChange={(event) => setAsks(event.currentTarget.checked)} />
        {send.isError && <ErrorNotice title={errorSentence(send.error)} />}
        <Button type="submit" loading={send.isPending} disabled={name.trim() === "" || text.trim() === ""}>
          Send
        </Button>
      </form>
    </section>
  );
}

function Password({ token }: { token: string }) {
  const queryClient = useQueryClient();
  const [password, setPassword] = useState("");
  const unlock = useMutation({
    mutationFn: () => unlockShared(token, password),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.shared(token) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate();
  };
  return (
    <main className={styles.alone}>
      <title>Proposal</title>
      <form className={styles.card} onSubmit={submit}>
        <h1 className={styles.heading}>This proposal is behind a password</h1>
        <PasswordInput
          label="Password"
          description="Whoever sent you the link knows it."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={unlock.isError ? errorSentence(unlock.error) : undefined}
        />
        <Button type="submit" variant="filled" loading={unlock.isPending} disabled={password === ""}>
          Open the proposal
        </Button>
      </form>
    </main>
  );
}
