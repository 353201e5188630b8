import { Button } from "@mantine/core";
import { IconFileDescription } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { createProposal, listProposals } from "@/api/proposals";
import type { Proposal } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill } from "@/ui/Pill";

import { ProposalEditor } from "./ProposalEditor";
import styles from "./ProposalScreen.module.css";
import { ProposalsTable } from "./ProposalsTable";

/** The proposals that offer this design, and the one that is being written. */
export function ProposalScreen() {
  const { design_id: designId = "", proposal_id: proposalId } = useParams();
  if (proposalId) return <ProposalEditor key={proposalId} designId={designId} proposalId={proposalId} />;
  return <ProposalsOfDesign designId={designId} />;
}

function ProposalsOfDesign({ designId }: { designId: string }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const proposals = useQuery({ queryKey: keys.proposals, queryFn: listProposals, staleTime: 0 });
  const create = useMutation({
    mutationFn: () => createProposal({ designs: [designId], customer: null }),
    onSuccess: async (made) => {
      queryClient.setQueryData(keys.proposal(made.id), made);
      await queryClient.invalidateQueries({ queryKey: keys.proposals, exact: true });
      await navigate(`/designs/${designId}/proposal/${made.id}`);
    },
  });
  const own = (proposals.data ?? []).filter(({ designs }) => designs.includes(designId));
  const begin = (
    <Button variant="filled" onClick={() => create.mutate()} loading={create.isPending}>
      New proposal
    </Button>
  );
  return (
    <main className={styles.list}>
      {(proposals.isError || create.isError) && (
        <ErrorNotice title={errorSentence(proposals.error ?? create.error ?? new Error())} />
      )}
      {proposals.data && own.length === 0 && (
        <EmptyState
          level={1}
          title="Nobody was offered this design yet"
          picture={<IconFileDescription size={40} stroke={1.25} />}
          actions={begin}
        >
          <p>A proposal puts the drawing, its price and your terms into one document that a customer can accept.</p>
        </EmptyState>
      )}
      {own.length > 0 && (
        <>
          <header className={styles.head}>
            <h1 className={styles.title}>Proposals</h1>
            {begin}
          </header>
          <ProposalsTable rows={own} />
        </>
      )}
    </main>
  );
}

export function State({ proposal }: { proposal: Proposal }) {
  if (proposal.accepted_option) return <Pill tone="ok">Option {proposal.accepted_option} accepted</Pill>;
  const newest = proposal.versions.at(-1);
  return newest ? <Pill tone="accent">Version {newest.number}</Pill> : <Pill>Draft</Pill>;
}
