import { Button, SegmentedControl } from "@mantine/core";
import { IconCloud, IconCloudOff, IconListCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { listClouds } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Cloud } from "@/api/types";
import { CLOUD_STATUS, hostOf, regionsOf } from "@/clouds/cloudWords";
import { countOf } from "@/ui/count";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill } from "@/ui/Pill";

import styles from "./DeployScreen.module.css";
import { RegionChoices } from "./RegionChoices";
import { useMakePlan } from "./useMakePlan";

/** Choose the cloud, then see what would happen there. Making a plan touches nothing. */
export function NewPlan({ designId }: { designId: string }) {
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const [picked, setPicked] = useState<string | null>(null);
  const [regions, setRegions] = useState<Record<string, string>>({});
  const [isOneStack, setIsOneStack] = useState(false);
  const plan = useMakePlan(designId);

  if (clouds.isPending) return <main className={styles.page} />;
  if (clouds.data?.length === 0) {
    return (
      <main className={styles.page}>
        <EmptyState
          level={1}
          title="No cloud to deploy to yet"
          actions={
            <Button component={Link} to="/clouds" variant="filled">
              Add a cloud
            </Button>
          }
        >
          <p>Add an OpenStack account, or start the practice cloud of this machine.</p>
        </EmptyState>
      </main>
    );
  }
  const ready = clouds.data?.filter((cloud) => cloud.status === "ready") ?? [];
  const chosen = picked ?? ready[0]?.id ?? null;
  const hasHeat = ready.find((cloud) => cloud.id === chosen)?.profile?.services.includes("orchestration") ?? false;
  return (
    <main className={styles.page}>
      <form
        className={styles.centre}
        aria-labelledby="choose-cloud"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) plan.mutate({ cloud: chosen, intent: "deploy", regions, asOneStack: isOneStack && hasHeat });
        }}
      >
        <h1 id="choose-cloud" className={styles.title}>
          Choose a cloud
        </h1>
        <p className={styles.lead}>
          The plan shows every resource, its reason and its price. Nothing is touched until it is applied.
        </p>
        {clouds.isError && <ErrorNotice title={errorSentence(clouds.error)} onRetry={() => void clouds.refetch()} />}
        <div className={styles.clouds} role="radiogroup" aria-label="Cloud">
          {clouds.data?.map((cloud) => (
            <CloudChoice
              key={cloud.id}
              cloud={cloud}
              isChosen={cloud.id === chosen}
              onChoose={() => {
                setPicked(cloud.id);
                setRegions({}); // another cloud has other regions
              }}
            />
          ))}
        </div>
        {chosen && (
          <RegionChoices
            designId={designId}
            cloudId={chosen}
            chosen={regions}
            onChoose={(drawn, region) => setRegions((before) => ({ ...before, [drawn]: region }))}
          />
        )}
        {hasHeat && <HowItIsMade isOneStack={isOneStack} onChoose={setIsOneStack} />}
        {plan.isError && <ErrorNotice title={errorSentence(plan.error)} />}
        <div className={styles.buttons}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<IconListCheck size={16} stroke={1.75} />}
            loading={plan.isPending}
            disabled={!chosen}
          >
            Make plan
          </Button>
        </div>
      </form>
    </main>
  );
}

/** Whose calls make it; what stands already as a stack stays one, whatever is chosen here. */
function HowItIsMade({ isOneStack, onChoose }: { isOneStack: boolean; onChoose: (isOneStack: boolean) => void }) {
  return (
    <div className={styles.how}>
      <SegmentedControl
        aria-label="How it is made"
        value={isOneStack ? "stack" : "calls"}
        onChange={(value) => onChoose(value === "stack")}
        data={[
          { value: "calls", label: "Call by call" },
          { value: "stack", label: "As one Heat stack" },
        ]}
      />
      <p className={styles.cloudDetail}>
        {isOneStack
          ? "Heat makes it, in one region, and people can go on with it in Heat. Plan, progress and records are the same."
          : "Stackdraft makes each resource itself: the quicker way, and the one for several regions."}
      </p>
    </div>
  );
}

function CloudChoice({ cloud, isChosen, onChoose }: { cloud: Cloud; isChosen: boolean; onChoose: () => void }) {
  const isReady = cloud.status === "ready";
  const status = CLOUD_STATUS[cloud.status];
  return (
    <label className={styles.cloud} data-chosen={isChosen || undefined} data-disabled={!isReady || undefined}>
      <input
        type="radio"
        name="cloud"
        checked={isChosen}
        onChange={onChoose}
        disabled={!isReady}
        className={styles.radio}
        aria-label={cloud.name}
      />
      <span className={styles.cloudIcon} aria-hidden="true">
        {isReady ? <IconCloud size={20} stroke={1.6} /> : <IconCloudOff size={20} stroke={1.6} />}
      </span>
      <span className={styles.cloudText}>
        <span className={styles.cloudName}>{cloud.name}</span>
        <span className={styles.cloudDetail}>
          {isReady
            ? `${hostOf(cloud.auth_url)}${regionsOf(cloud)}${cloud.profile ? `, ${countOf(cloud.profile.flavors.length, "flavor")}` : ""}`
            : cloud.detail}
        </span>
      </span>
      <Pill tone={status.tone}>{status.label}</Pill>
    </label>
  );
}
