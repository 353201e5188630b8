import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { listDesigns } from "@/api/designs";
import { keys } from "@/api/keys";
import type { DesignSummary } from "@/api/types";
import list from "@/app/List.module.css";
import { Screen } from "@/app/Screen";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";

import { deploymentState } from "./deploymentState";
import { DesignsTable, DesignsTableSkeleton } from "./DesignsTable";
import { NewDesignDialog } from "./NewDesignDialog";
import { NoDesignsYet } from "./NoDesignsYet";

type Shown = "all" | "deployed" | "drafts";

export function DesignsScreen() {
  const designs = useQuery({ queryKey: keys.designs, queryFn: listDesigns });
  const [creating, setCreating] = useState(false);
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");

  const hasDesigns = designs.data !== undefined && designs.data.length > 0;
  const found = (designs.data ?? []).filter((design) => matches(design, search, shown));
  return (
    <Screen
      title="Designs"
      count={designs.data?.length}
      actions={
        <>
          {hasDesigns && <SearchField label="Find a design" value={search} onChange={setSearch} />}
          <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setCreating(true)}>
            New design
          </Button>
        </>
      }
    >
      <NewDesignDialog opened={creating} onClose={() => setCreating(false)} />
      {designs.isPending && <DesignsTableSkeleton />}
      {designs.isError && (
        <div className={list.notice}>
          <ErrorNotice title={errorSentence(designs.error)} onRetry={() => void designs.refetch()} />
        </div>
      )}
      {designs.data?.length === 0 && <NoDesignsYet onEmptyCanvas={() => setCreating(true)} />}
      {hasDesigns && (
        <>
          <div className={list.filters}>
            <SegmentedControl
              aria-label="Show"
              value={shown}
              onChange={(value) => setShown(value as Shown)}
              data={[
                { value: "all", label: "All" },
                { value: "deployed", label: "Deployed" },
                { value: "drafts", label: "Drafts" },
              ]}
            />
          </div>
          {found.length > 0 ? (
            <DesignsTable designs={found} />
          ) : (
            <p className={list.nothing} role="status">
              {search ? `No design is called ${search}.` : "Nothing here at the moment."}
            </p>
          )}
        </>
      )}
    </Screen>
  );
}

function matches(design: DesignSummary, search: string, shown: Shown): boolean {
  if (shown !== "all" && deploymentState(design.deployment).isLive !== (shown === "deployed")) return false;
  return design.name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
}
