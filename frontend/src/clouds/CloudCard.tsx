import { Button, Menu } from "@mantine/core";
import {
  IconCheck,
  IconCircleCheck,
  IconCloud,
  IconCloudOff,
  IconCloudX,
  IconDots,
  IconMinus,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { errorSentence } from "@/api/client";
import { checkCloud, removeCloud } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Cloud, CloudProfile } from "@/api/types";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { MeterBar } from "@/ui/MeterBar";
import { Pill } from "@/ui/Pill";
import { formatAgo } from "@/ui/times";

import styles from "./CloudCard.module.css";
import { CLOUD_STATUS, hostOf, quotaMeters, SERVICES } from "./cloudWords";

export function CloudCard({ cloud }: { cloud: Cloud }) {
  const queryClient = useQueryClient();
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
  return (
    <li className={styles.card} aria-label={cloud.name}>
      <div className={styles.head}>
        <span className={styles.tile} data-ready={isReady || undefined} aria-hidden="true">
          {isReady ? <IconCloud size={20} stroke={1.6} /> : <IconCloudOff size={20} stroke={1.6} />}
        </span>
        <div className={styles.title}>
          <div className={styles.names}>
            <h2>{cloud.name}</h2>
            <Pill
              tone={status.tone}
              icon={isReady ? <IconCircleCheck aria-hidden="true" /> : <IconCloudX aria-hidden="true" />}
            >
              {status.label}
            </Pill>
          </div>
          <p className={styles.detail}>
            {isReady || !cloud.detail
              ? `${hostOf(cloud.auth_url)}${cloud.region ? `, region ${cloud.region}` : ""}`
              : cloud.detail}
          </p>
        </div>
        <Button
          size="xs"
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
          aria-label={`Check ${cloud.name} again`}
        >
          Check again
        </Button>
        <Menu position="bottom-end" width={160} withinPortal>
          <Menu.Target>
            <IconButton label={`More for ${cloud.name}`} size={28}>
              <IconDots size={16} stroke={1.75} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
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
      {isReady && cloud.profile && <Profile profile={cloud.profile} checkedAt={cloud.checked_at} />}
    </li>
  );
}

function Profile({ profile, checkedAt }: { profile: CloudProfile; checkedAt: string | null }) {
  const has = new Set(profile.services);
  return (
    <>
      <div className={styles.meters}>
        {quotaMeters(profile.quotas).map((meter) => (
          <MeterBar
            key={meter.label}
            label={meter.label}
            parts={[{ amount: meter.used, look: "accent" }]}
            limit={meter.limit}
          />
        ))}
      </div>
      <ul className={styles.services} aria-label="Services">
        {SERVICES.map((service) => (
          <li
            key={service.type}
            className={styles.service}
            data-missing={!has.has(service.type) || undefined}
            title={service.gives}
          >
            {has.has(service.type) ? <IconCheck aria-hidden="true" /> : <IconMinus aria-hidden="true" />}
            {service.name}
            {!has.has(service.type) && <span className={styles.hidden}>, not offered</span>}
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <span>{countOf(profile.availability_zones.length, "zone")}</span>
        <span title={profile.flavors.map((flavor) => flavor.name).join(", ")}>
          {countOf(profile.flavors.length, "flavor")}
        </span>
        <span>{countOf(profile.images.length, "image")}</span>
        <span>{countOf(profile.external_networks.length, "external network")}</span>
        <span>{countOf(profile.volume_types.length, "volume type")}</span>
        {checkedAt && <span className={styles.read}>Read {formatAgo(checkedAt)}</span>}
      </div>
    </>
  );
}
