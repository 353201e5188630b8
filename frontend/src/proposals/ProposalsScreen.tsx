import { Button, SegmentedControl } from "@mantine/core";
import { IconFileDescription, IconSignature } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { listProposals } from "@/api/proposals";
import type { ProposalRow } from "@/api/types";
import list from "@/app/List.module.css";
import { Screen } from "@/app/Screen";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./ProposalsScreen.module.css";
import { ProposalsTable } from "./ProposalsTable";
import { type ProposalState, STATES, stateOf } from "./states";

type Shown = ProposalState | "all";

/** Every proposal of every design: for whom, where it stands, what it comes to. */
export function ProposalsScreen() {
  const proposals = useQuery({ queryKey: keys.proposals, queryFn: listProposals, staleTime: 0 });
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const rows = proposals.data ?? [];
  const found = rows.filter((row) => matches(row, search) && (shown === "all" || stateOf(row) === shown));
  return (
    <Screen
      title="Proposals"
      count={rows.length}
      actions={
        <>
          {rows.length > 0 && (
            <SearchField
              label="Find a proposal"
              placeholder="Title, customer or number"
              value={search}
              onChange={setSearch}
            />
          )}
          <Button component={Link} to="/proposals/seller" leftSection={<IconSignature size={16} stroke={1.75} />}>
            Letterhead and texts
          </Button>
        </>
      }
    >
      {proposals.isPending && (
        <Loading label="The proposals are loading">
          <div className={styles.waiting}>
            <Skeleton height={40} />
            <Skeleton height={40} />
          </div>
        </Loading>
      )}
      {proposals.isError && (
        <div className={list.notice}>
          <ErrorNotice title={errorSentence(proposals.error)} onRetry={() => void proposals.refetch()} />
        </div>
      )}
      {proposals.data?.length === 0 && <NoProposalsYet />}
      {rows.length > 0 && (
        <div className={list.scroll}>
          <div className={list.filters}>
            <SegmentedControl
              aria-label="Show"
              value={shown}
              onChange={(value) => setShown(value as Shown)}
              data={[
                { value: "all", label: "All" },
                ...Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
              ]}
            />
          </div>
          {found.length > 0 ? (
            <ProposalsTable rows={found} />
          ) : (
            <p className={list.nothing} role="status">
              {search ? `No proposal here says ${search}.` : "Nothing here at the moment."}
            </p>
          )}
        </div>
      )}
    </Screen>
  );
}

function NoProposalsYet() {
  return (
    <EmptyState
      title="No proposal yet"
      picture={<IconFileDescription size={40} stroke={1.25} />}
      actions={
        <Button component={Link} to="/designs" variant="filled">
          Choose a design
        </Button>
      }
    >
      <p>Open a design and its Proposal tab: the drawing, its price and your terms become one document.</p>
    </EmptyState>
  );
}

const matches = ({ title, customer_name, number }: ProposalRow, search: string) =>
  [title, customer_name ?? "", number].some((words) => words.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()));
