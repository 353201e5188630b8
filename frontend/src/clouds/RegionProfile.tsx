import { Collapse } from "@mantine/core";
import { IconCheck, IconChevronDown, IconMinus } from "@tabler/icons-react";
import { useId, useState } from "react";

import type { Cloud, CloudProfile, CloudRegion } from "@/api/types";
import { countOf } from "@/ui/count";
import { MeterBar } from "@/ui/MeterBar";
import { formatAgo } from "@/ui/times";

import styles from "./CloudCard.module.css";
import { quotaMeters, quotaWords, SERVICES } from "./cloudWords";

/** What one region has: quotas, services, and behind a click the lists of everything that it offers. */
export function RegionProfile({ cloud, region }: { cloud: Cloud; region: CloudRegion }) {
  const [opened, setOpened] = useState(false);
  const listsId = useId();
  const { profile } = region;
  const has = new Set(profile.services);
  return (
    <>
      {region.detail && <p className={styles.away}>{region.detail}</p>}
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
      <Collapse expanded={opened} id={listsId}>
        <Lists profile={profile} />
      </Collapse>
      <div className={styles.foot}>
        <span>
          {countOf(cloud.regions.length, "region")}
          {region.name && (
            <>
              : <code>{cloud.regions.map(({ name }) => name).join(", ")}</code>
            </>
          )}
        </span>
        <span>{countOf(profile.availability_zones.length, "zone")}</span>
        <span>{countOf(profile.flavors.length, "flavor")}</span>
        <span>{countOf(profile.images.length, "image")}</span>
        <button
          type="button"
          className={styles.more}
          aria-expanded={opened}
          aria-controls={listsId}
          onClick={() => setOpened(!opened)}
        >
          {opened ? "Less" : "All it offers"}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" data-opened={opened || undefined} />
        </button>
        {region.read_at && <span className={styles.read}>Read {formatAgo(region.read_at)}</span>}
      </div>
    </>
  );
}

function Lists({ profile }: { profile: CloudProfile }) {
  const lists: { title: string; names: readonly string[] }[] = [
    { title: "Images", names: profile.images },
    { title: "Zones", names: profile.availability_zones },
    { title: "External networks", names: profile.external_networks },
    { title: "Volume types", names: profile.volume_types },
    { title: "Quotas, used of limit", names: quotaWords(profile.quotas) },
  ];
  return (
    <div className={styles.lists}>
      <table className={styles.flavors}>
        <caption>Flavors</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">vCPU</th>
            <th scope="col">RAM, GiB</th>
            <th scope="col">Disk, GiB</th>
          </tr>
        </thead>
        <tbody>
          {profile.flavors.map((flavor) => (
            <tr key={flavor.name}>
              <th scope="row">{flavor.name}</th>
              <td>{flavor.vcpus}</td>
              <td>{flavor.ram_gib}</td>
              <td>{flavor.disk_gib}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        {lists.map(({ title, names }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {names.length === 0 ? <p>None</p> : <p>{names.join(", ")}</p>}
          </section>
        ))}
      </div>
    </div>
  );
}
