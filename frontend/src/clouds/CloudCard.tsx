import { Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import {
  IconCircleCheck,
  IconCloud,
  IconCloudOff,
  IconCloudX,
  IconDots,
  IconKey,
  IconPencil,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { changeCloud, checkCloud, removeCloud } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Cloud } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { Pill } from "@/ui/Pill";

import styles from "./CloudCard.module.css";
import { CLOUD_STATUS, hostOf } from "./cloudWords";
import { RegionProfile } from "./RegionProfile";

type Props = { cloud: Cloud; onRenew: () => void };

export function CloudCard({ cloud, onRenew }: Props) {
  const queryClient = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const check = useMutation({
    mutationFn: () => checkCloud(cloud.id),
    onSuccess: (checked) =>
      queryClient.setQueryData<Cloud[]>(keys.clouds, (clouds) =>
        clouds?.map((one) => (one.id === checked.id ? checked : one)),
      ),
  });
  const remove = useMutation({
    mutationFn: () => removeCloud(cloud.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.clouds }),
  });
  const isReady = cloud.status === "ready";
  const status = CLOUD_STATUS[cloud.status];
  const region = cloud.regions.find(({ name }) => name === shown) ?? cloud.regions[0];
  const away = cloud.regions.filter(({ detail }) => detail !== "");
  return (
    <li className={styles.card} aria-label={cloud.name}>
      <div className={styles.head}>
        <span className={styles.tile} data-ready={isReady || undefined} aria-hidden="true">
          {isReady ? <IconCloud size={20} stroke={1.6} /> : <IconCloudOff size={20} stroke={1.6} />}
        </span>
        <div className={styles.title}>
          <div className={styles.names}>
            {renaming ? <Rename cloud={cloud} onDone={() => setRenaming(false)} /> : <h2>{cloud.name}</h2>}
            <Pill
              tone={status.tone}
              icon={isReady ? <IconCircleCheck aria-hidden="true" /> : <IconCloudX aria-hidden="true" />}
            >
              {status.label}
            </Pill>
            {isReady && away.length > 0 && (
              <Pill tone="warn">
                {away.map(({ name }) => name).join(", ")} {away.length === 1 ? "doesn't" : "don't"} answer
              </Pill>
            )}
          </div>
          <p className={styles.detail}>
            {isReady || !cloud.detail
              ? `${hostOf(cloud.auth_url)}${cloud.project ? `, project ${cloud.project}` : ""}`
              : cloud.detail}{" "}
            {cloud.status === "refused" && (
              <button type="button" className={styles.renew} onClick={onRenew}>
                Paste a new credential
              </button>
            )}
          </p>
        </div>
        <Button
          size="xs"
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
          aria-label={`Refresh ${cloud.name}`}
        >
          Refresh
        </Button>
        <Menu position="bottom-end" width={180} withinPortal>
          <Menu.Target>
            <IconButton label={`More for ${cloud.name}`} size={28}>
              <IconDots size={16} stroke={1.75} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={() => setRenaming(true)}>
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} stroke={1.75} />} onClick={onRenew}>
              New credential
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.75} />} onClick={() => remove.mutate()}>
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {(remove.isError || check.isError) && (
        <div className={styles.notice}>
          <ErrorNotice title={errorSentence(remove.error ?? check.error)} />
        </div>
      )}
      {cloud.regions.length > 1 && (
        <div className={styles.regions}>
          <SegmentedControl
            size="xs"
            aria-label={`Region of ${cloud.name}`}
            value={region?.name ?? ""}
            onChange={(name) => setShown(String(name))}
            data={cloud.regions.map(({ name }) => name)}
          />
        </div>
      )}
      {region && (isReady || region.read_at) && <RegionProfile cloud={cloud} region={region} />}
    </li>
  );
}

function Rename({ cloud, onDone }: { cloud: Cloud; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(cloud.name);
  const rename = useMutation({
    mutationFn: () => changeCloud(cloud.id, { name: name.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.clouds });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && name.trim() !== cloud.name) rename.mutate();
    else onDone();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        aria-label="Name"
        size="xs"
        value={name}
        maxLength={100}
        error={rename.isError ? errorSentence(rename.error) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
        onBlur={submit}
        data-autofocus
        ref={(field) => field?.focus()}
      />
    </form>
  );
}
