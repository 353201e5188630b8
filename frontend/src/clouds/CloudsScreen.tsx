import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { listClouds } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Cloud } from "@/api/types";
import { Screen } from "@/app/Screen";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { AddCloudPanel } from "./AddCloudPanel";
import { CloudCard } from "./CloudCard";
import styles from "./CloudsScreen.module.css";

export function CloudsScreen() {
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const [open, setOpen] = useState<"add" | Cloud | null>(null);
  const adding = open === "add";
  const isEmpty = clouds.data?.length === 0;
  return (
    <div className={styles.split}>
      <Screen
        title="Clouds"
        count={clouds.data?.length}
        on="page"
        actions={
          <Button
            variant={adding ? "default" : "filled"}
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={() => setOpen("add")}
            aria-expanded={adding}
          >
            Add cloud
          </Button>
        }
      >
        {clouds.isPending && <CloudsSkeleton />}
        {clouds.isError && (
          <div className={styles.cards}>
            <ErrorNotice title={errorSentence(clouds.error)} onRetry={() => void clouds.refetch()} />
          </div>
        )}
        {isEmpty && (
          <EmptyState title="No cloud yet" picture={<CloudOutline />}>
            <p>
              A cloud is an account in an OpenStack. Add one by pasting its clouds.yaml entry or an application
              credential; the practice cloud of this machine adds itself.
            </p>
          </EmptyState>
        )}
        {clouds.data && clouds.data.length > 0 && (
          <ul className={styles.cards}>
            {clouds.data.map((cloud) => (
              <CloudCard key={cloud.id} cloud={cloud} onRenew={() => setOpen(cloud)} />
            ))}
          </ul>
        )}
      </Screen>
      {open && (
        <AddCloudPanel
          key={adding ? "add" : open.id}
          renewing={open === "add" ? undefined : open}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function CloudOutline() {
  return (
    <svg
      width={120}
      height={80}
      viewBox="0 0 120 80"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeDasharray="5 4"
    >
      <path d="M34 66a20 20 0 0 1-2-40 28 28 0 0 1 54-6 23 23 0 0 1 0 46Z" strokeLinejoin="round" />
    </svg>
  );
}

function CloudsSkeleton() {
  return (
    <Loading label="Clouds are loading">
      <ul className={styles.cards}>
        <li className={styles.skeleton}>
          <Skeleton width={180} height={14} />
          <Skeleton width={320} />
          <Skeleton width="90%" height={6} />
        </li>
      </ul>
    </Loading>
  );
}
