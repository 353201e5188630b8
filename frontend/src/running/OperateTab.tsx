import { Loader, Menu } from "@mantine/core";
import {
  IconArrowsDiagonal,
  IconCamera,
  IconCircleCheck,
  IconCircleX,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRefreshAlert,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { listOperations, operate } from "@/api/running";
import type { DriftReport, Operation, RunningResource, Stay, Verb } from "@/api/types";
import aside from "@/deploy/DeploymentAside.module.css";
import { ResourceTile } from "@/deploy/ResourceTile";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { Pill, type Tone } from "@/ui/Pill";
import { formatAgo } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import styles from "./OperateTab.module.css";
import { asSeen, isUnderWay, MISSING, sizeText, verbsFor, VERBS } from "./operationWords";
import { ResizeDialog } from "./ResizeDialog";
import own from "./RunningAside.module.css";
import { SnapshotList } from "./SnapshotList";

const LOOK_AGAIN_MS = 2000;
const SHOWN = 5;

/** Servers and volumes that run: what can be asked of them, how it goes, and the snapshots that came of it. */
export function OperateTab({ designId, stay, report }: { designId: string; stay: Stay; report: DriftReport | undefined }) {
  const queryClient = useQueryClient();
  const [resizing, setResizing] = useState<RunningResource>();
  const operations = useQuery({
    queryKey: keys.operations(designId),
    queryFn: () => listOperations(designId),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_AGAIN_MS : false),
  });
  const here = operations.data?.filter(({ cloud }) => cloud === stay.cloud) ?? [];
  const underWay = here.filter(isUnderWay).length;
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: keys.stays(designId) });
    void queryClient.invalidateQueries({ queryKey: keys.snapshots(designId) });
  }, [queryClient, designId, underWay]);
  const ask = useMutation({
    mutationFn: ({ key, verb }: { key: string; verb: Verb }) =>
      operate({ design: designId, cloud: stay.cloud, key, verb }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.operations(designId) }),
  });
  const lately = here.filter((one) => !isUnderWay(one)).slice(0, SHOWN);
  return (
    <div className={aside.scroll}>
      {operations.isError && (
        <ErrorNotice title={errorSentence(operations.error)} onRetry={() => void operations.refetch()} />
      )}
      {ask.isError && <ErrorNotice title={errorSentence(ask.error)} />}
      {stay.resources.length === 0 && (
        <EmptyState title="No server or volume runs there">
          <p>What else stands there needs no power and takes no snapshot.</p>
        </EmptyState>
      )}
      <ul className={styles.list} aria-label="Servers and volumes">
        {asSeen(stay.resources, report).map((resource) => (
          <Row
            key={resource.key}
            resource={resource}
            now={here.find((one) => one.key === resource.key && isUnderWay(one))}
            isAsking={ask.isPending && ask.variables.key === resource.key}
            onAsk={(verb) => ask.mutate({ key: resource.key, verb })}
            onResize={() => setResizing(resource)}
          />
        ))}
      </ul>
      {lately.length > 0 && <Lately operations={lately} />}
      <SnapshotList designId={designId} cloud={stay.cloud} />
      <ResizeDialog designId={designId} stay={stay} resource={resizing} onClose={() => setResizing(undefined)} />
    </div>
  );
}

const ICONS: Record<Verb, typeof IconCamera> = {
  stop: IconPlayerStop,
  start: IconPlayerPlay,
  reboot: IconRefresh,
  hard_reboot: IconRefreshAlert,
  snapshot: IconCamera,
};

type RowProps = {
  resource: RunningResource;
  now: Operation | undefined;
  isAsking: boolean;
  onAsk: (verb: Verb) => void;
  onResize: () => void;
};

function Row({ resource, now, isAsking, onAsk, onResize }: RowProps) {
  const isBusy = now !== undefined || isAsking;
  return (
    <li className={styles.row}>
      <ResourceTile kind={resource.kind} component={resource.component} />
      <div className={styles.text}>
        <div className={styles.label}>{resource.name || resource.key}</div>
        <div className={styles.key}>{[resource.key, sizeText(resource)].filter(Boolean).join(", ")}</div>
      </div>
      <span role="status">
        {now ? (
          <Pill tone="accent" icon={<Loader size={10} aria-hidden="true" />}>
            {now.status === "queued" ? "Waiting" : VERBS[now.verb].doing}
          </Pill>
        ) : (
          (resource.kind === "server" || resource.power === MISSING) && (
            <Pill tone={POWER_TONES[resource.power] ?? "idle"}>{powerWord(resource.power)}</Pill>
          )
        )}
      </span>
      <Menu position="bottom-end" width={210} withinPortal>
        <Menu.Target>
          <IconButton label={`What to do with ${resource.name || resource.key}`} size={28} disabled={isBusy}>
            <IconDots size={16} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        {!isBusy && (
          <Menu.Dropdown>
            {verbsFor(resource).map((verb) => {
              const Picture = ICONS[verb];
              return (
                <Menu.Item key={verb} leftSection={<Picture size={16} stroke={1.75} />} onClick={() => onAsk(verb)}>
                  {VERBS[verb].ask}
                </Menu.Item>
              );
            })}
            <Menu.Item leftSection={<IconArrowsDiagonal size={16} stroke={1.75} />} onClick={onResize}>
              Resize
            </Menu.Item>
          </Menu.Dropdown>
        )}
      </Menu>
    </li>
  );
}

const POWER_TONES: Record<string, Tone> = { running: "ok", [MISSING]: "bad" };
const powerWord = (power: string): string => power.charAt(0).toUpperCase() + power.slice(1);

function Lately({ operations }: { operations: readonly Operation[] }) {
  const now = useNow(30);
  return (
    <section className={own.section} aria-labelledby="lately-title">
      <h2 className={own.sectionTitle} id="lately-title">
        Lately
      </h2>
      <ol className={styles.list}>
        {operations.map((one) => (
          <li key={one.id} className={styles.past}>
            {one.status === "failed" ? (
              <IconCircleX size={14} stroke={1.75} className={styles.failed} role="img" aria-label="Failed" />
            ) : (
              <IconCircleCheck size={14} stroke={1.75} className={styles.done} role="img" aria-label="Done" />
            )}
            <div className={styles.text}>
              {one.label}: {one.status === "failed" ? `${VERBS[one.verb].ask} failed` : VERBS[one.verb].done}
              {one.by_schedule && " by its schedule"}
              {one.error && <p className={styles.words}>{one.error}</p>}
            </div>
            <span className={styles.ago}>{formatAgo(one.finished_at ?? one.created_at, now)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
