import { Button, Select } from "@mantine/core";
import { IconArrowLeft, IconListCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";

import { errorSentence } from "@/api/client";
import { listClouds, planAccepted } from "@/api/deployer";
import { keys } from "@/api/keys";
import { getAcceptance, getProposal, listTrace } from "@/api/proposals";
import type { Acceptance, Proposal } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatDate } from "@/ui/times";

import styles from "./AcceptedScreen.module.css";
import { Chain } from "./Chain";
import { rowsAbout } from "./trace";

/** What a customer accepted: made real by a plan, and followed from each line to what stands for it, and back. */
export function AcceptedScreen() {
  const { design_id: designId = "", proposal_id: proposalId = "" } = useParams();
  const proposal = useQuery({ queryKey: keys.proposal(proposalId), queryFn: () => getProposal(proposalId) });
  const acceptance = useQuery({
    queryKey: keys.acceptance(proposalId),
    queryFn: async () => (await getAcceptance(proposalId)) ?? null,
    staleTime: 0,
  });
  const failed = proposal.error ?? acceptance.error;
  return (
    <main className={styles.screen}>
      <Link to={`/designs/${designId}/proposal/${proposalId}`} className={styles.back}>
        <IconArrowLeft size={14} stroke={1.75} aria-hidden="true" />
        {proposal.data?.number ?? "The proposal"}
      </Link>
      {failed && <ErrorNotice title={errorSentence(failed)} />}
      {!failed && !(proposal.data && acceptance.isSuccess) && (
        <Loading label="What was accepted is loading">
          <Skeleton height={240} />
        </Loading>
      )}
      {acceptance.data === null && (
        <>
          <h1 className={styles.title}>Nobody accepted this proposal yet</h1>
          <p className={styles.lead}>Share a frozen version by a link. What its customer accepts can be deployed here.</p>
        </>
      )}
      {proposal.data && acceptance.data && <Accepted proposal={proposal.data} acceptance={acceptance.data} />}
    </main>
  );
}

function Accepted({ proposal, acceptance }: { proposal: Proposal; acceptance: Acceptance }) {
  return (
    <>
      <h1 className={styles.title}>
        Option {acceptance.option}, as {acceptance.name} accepted it
      </h1>
      <p className={styles.lead}>
        {proposal.draft.title}, on {formatDate(acceptance.at)}
        {acceptance.role && `, ${acceptance.role}`}. Content <code>{acceptance.content_hash.slice(0, 8)}</code>: a plan from
        here is of that revision and of no other, however the drawing moves on.
      </p>
      <Deploying proposalId={proposal.id} />
      <Traced proposalId={proposal.id} />
    </>
  );
}

function Deploying({ proposalId }: { proposalId: string }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const ready = (clouds.data ?? []).filter(({ status }) => status === "ready");
  const [picked, setPicked] = useState<string | null>(null);
  const cloud = picked ?? ready[0]?.id ?? null;
  const plan = useMutation({
    mutationFn: (cloud: string) => planAccepted(proposalId, cloud),
    onSuccess: async (made) => {
      queryClient.setQueryData(keys.plan(made.id), made);
      await navigate(`/designs/${made.design}/deploy/plans/${made.id}`);
    },
  });
  return (
    <section className={styles.deploying} aria-label="Deploy as accepted">
      {clouds.data && ready.length === 0 ? (
        <p className={styles.note}>
          No cloud is ready. <Link to="/clouds">Add a cloud</Link> to deploy it.
        </p>
      ) : (
        <>
          <Select
            aria-label="Cloud"
            data={ready.map(({ id, name }) => ({ value: id, label: name }))}
            value={cloud}
            onChange={setPicked}
            allowDeselect={false}
          />
          <Button
            variant="filled"
            leftSection={<IconListCheck size={16} stroke={1.75} />}
            disabled={!cloud}
            loading={plan.isPending}
            onClick={() => cloud && plan.mutate(cloud)}
          >
            Plan what was accepted
          </Button>
          <span className={styles.note}>Nothing is touched until the plan is applied.</span>
        </>
      )}
      {plan.isError && <ErrorNotice title={errorSentence(plan.error)} />}
    </section>
  );
}

function Traced({ proposalId }: { proposalId: string }) {
  const rows = useQuery({ queryKey: keys.trace(proposalId), queryFn: () => listTrace(proposalId), staleTime: 0 });
  const [asked, setAsked] = useSearchParams();
  const about = asked.get("about") ?? "";
  const found = rowsAbout(rows.data ?? [], about);
  return (
    <section className={styles.traced} aria-labelledby="chain">
      <header className={styles.head}>
        <h2 id="chain" className={styles.heading}>
          From each line to the cloud, and back
        </h2>
        <SearchField
          label="Find a line, a key or an id"
          placeholder="Line, key or cloud id"
          value={about}
          onChange={(asked) => setAsked(asked ? { about: asked } : {}, { replace: true })}
        />
      </header>
      {rows.isError && <ErrorNotice title={errorSentence(rows.error)} onRetry={() => void rows.refetch()} />}
      {rows.data && found.length === 0 && (
        <p className={styles.note} role="status">
          Nothing that was accepted is called {about}.
        </p>
      )}
      {found.length > 0 && <Chain rows={found} onFollow={(id) => setAsked({ about: id })} />}
    </section>
  );
}
