import { SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { previewProposal } from "@/api/proposals";
import type { Draft, OfferOption, Proposal } from "@/api/types";
import { Rates } from "@/estimate/Rates";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { ChangesSince } from "./ChangesSince";
import { Clauses } from "./Clauses";
import { CustomerField } from "./CustomerField";
import { FillIn, KeepTexts } from "./KeptTexts";
import { Obstacles } from "./Obstacles";
import { Offer } from "./Offer";
import { OptionCards } from "./OptionCards";
import { OptionFields } from "./OptionFields";
import { Pitch } from "./Pitch";
import styles from "./ProposalEditor.module.css";
import { State } from "./ProposalScreen";
import { SellersView } from "./SellersView";
import { Sending } from "./Sending";
import { useDraft } from "./useDraft";

/** Writing a proposal: fields on the left, what the customer will read in the middle, money and sending on the right. */
export function ProposalEditor({ designId, proposalId }: { designId: string; proposalId: string }) {
  const { proposal, draft, write, flush, chooseCustomer, isSaving, refusal } = useDraft(proposalId);
  const preview = useQuery({
    queryKey: keys.proposal_preview(proposalId),
    queryFn: ({ signal }) => previewProposal(proposalId, signal),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const [letter, setLetter] = useState("A");
  if (proposal.isError) {
    return (
      <main className={styles.alone}>
        <ErrorNotice title={errorSentence(proposal.error)} />
        <Link to={`/designs/${designId}/proposal`}>All proposals of this design</Link>
      </main>
    );
  }
  if (!proposal.data || !draft) {
    return (
      <Loading label="The proposal is loading">
        <div className={styles.alone}>
          <Skeleton height={420} />
        </div>
      </Loading>
    );
  }
  const shown = preview.data?.customer.options.find((one) => one.letter === letter) ?? preview.data?.customer.options[0];
  return (
    <div className={styles.editor}>
      <section className={styles.fields} aria-label="What the proposal says">
        <header className={styles.head}>
          <Link to={`/designs/${designId}/proposal`} className={styles.back}>
            {proposal.data.number}
          </Link>
          <State proposal={proposal.data} />
          <span className={styles.saved} role="status">
            {isSaving ? "Saving" : refusal ? "Not saved" : "Saved"}
          </span>
        </header>
        {refusal && <ErrorNotice title={errorSentence(refusal)} />}
        <Texts draft={draft} proposal={proposal.data} write={write} onCustomer={chooseCustomer} />
        <OptionFields designId={designId} draft={draft} write={write} />
        <Clauses title="Benefits" clauses={draft.benefits ?? []} most={6} onChange={(benefits) => write({ benefits })} />
        <Clauses title="Terms" clauses={draft.terms ?? []} most={60} onChange={(terms) => write({ terms })} />
        <KeepTexts draft={draft} />
      </section>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and may hold nothing to focus */}
      <main className={styles.preview} aria-label="What the customer reads" tabIndex={0}>
        {preview.isError && (
          <ErrorNotice title={errorSentence(preview.error)} onRetry={() => void preview.refetch()}>
            {isAboutRates(preview.error) && <Rates />}
          </ErrorNotice>
        )}
        {preview.data && shown && (
          <article className={styles.paper}>
            <p className={styles.seller}>
              {preview.data.customer.seller.name} · {preview.data.customer.number}
            </p>
            <h1 className={styles.title}>{preview.data.customer.title}</h1>
            <Pitch contents={preview.data.customer} />
            {preview.data.customer.options.length > 1 && (
              <OptionCards contents={preview.data.customer} chosen={shown.letter} onChoose={setLetter} />
            )}
            <Offer
              contents={preview.data.customer}
              option={shown}
              pictureOf={(view) => inline(preview.data.pictures, shown, view)}
            />
          </article>
        )}
        {preview.data && proposal.data.versions.length > 0 && (
          <ChangesSince
            key={proposal.data.versions.length}
            proposalId={proposalId}
            versions={proposal.data.versions}
          />
        )}
      </main>
      <aside className={styles.side} aria-label="Price and sending">
        {preview.data && <SellersView preview={preview.data} draft={draft} write={write} />}
        {preview.data && <Obstacles preview={preview.data} draft={draft} write={write} />}
        <Sending designId={designId} proposal={proposal.data} preview={preview.data} flush={flush} />
      </aside>
    </div>
  );
}

const isAboutRates = (error: Error) => error instanceof ApiError && error.code.startsWith("currency_rate_");

/** The preview's pictures come with it, as they are frozen nowhere yet. */
function inline(pictures: Record<string, string>, { letter, picture }: OfferOption, view: string): string {
  const svg = pictures[view === picture.view ? letter : `${letter}/${view}`] ?? "";
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

type Write = (change: Draft) => void;

function Texts({ draft, proposal, write, onCustomer }: {
  draft: Draft;
  proposal: Proposal;
  write: Write;
  onCustomer: (id: string | null) => void;
}) {
  const summary = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={styles.group}>
      <TextInput
        label="Title"
        value={draft.title ?? ""}
        onChange={(event) => write({ title: event.currentTarget.value })}
        maxLength={200}
      />
      <CustomerField chosen={proposal.customer} onChoose={onCustomer} />
      <TextInput
        label="For the attention of"
        value={draft.contact ?? ""}
        onChange={(event) => write({ contact: event.currentTarget.value })}
        maxLength={200}
      />
      <FillIn draft={draft} write={write} onStarted={() => summary.current?.focus()} />
      <Textarea
        ref={summary}
        label="Summary"
        description="An empty line begins a new paragraph."
        value={draft.summary ?? ""}
        onChange={(event) => write({ summary: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={20000}
      />
      <div className={styles.two}>
        <TextInput
          label="Valid until"
          type="date"
          value={draft.valid_until ?? ""}
          onChange={(event) => event.currentTarget.value && write({ valid_until: event.currentTarget.value })}
        />
        <TextInput
          label="Term, months"
          type="number"
          min={1}
          max={36}
          value={String(draft.term_months ?? "")}
          onChange={(event) => {
            const months = Number(event.currentTarget.value);
            if (Number.isInteger(months) && months > 0) write({ term_months: months });
          }}
        />
      </div>
      <SegmentedControl
        aria-label="Paper"
        value={draft.paper ?? "a4"}
        onChange={(paper) => write({ paper: paper as NonNullable<Draft["paper"]> })}
        data={[
          { value: "a4", label: "A4" },
          { value: "letter", label: "Letter" },
        ]}
      />
    </div>
  );
}
