import type { Cloud, CloudProfile } from "@/api/types";
import type { Tone } from "@/ui/Pill";

export const CLOUD_STATUS: Record<Cloud["status"], { label: string; tone: Tone }> = {
  ready: { label: "Ready", tone: "ok" },
  unreachable: { label: "Doesn't answer", tone: "bad" },
  refused: { label: "Can't sign in", tone: "bad" },
};

/** What a deployment may use, by the name that OpenStack people say. */
export const SERVICES: readonly { type: string; name: string; gives: string }[] = [
  { type: "compute", name: "Nova", gives: "servers" },
  { type: "network", name: "Neutron", gives: "networks" },
  { type: "block-storage", name: "Cinder", gives: "volumes" },
  { type: "load-balancer", name: "Octavia", gives: "load balancers" },
  { type: "object-store", name: "Swift", gives: "object storage" },
  { type: "image", name: "Glance", gives: "images" },
  { type: "key-manager", name: "Barbican", gives: "certificates" },
  { type: "orchestration", name: "Heat", gives: "scaling groups" },
  { type: "dns", name: "Designate", gives: "DNS zones" },
  { type: "database", name: "Trove", gives: "managed databases" },
];

export type Meter = { label: string; used: number; limit: number };

const METERS: readonly { quota: string; label: string; per: number }[] = [
  { quota: "instances", label: "Servers", per: 1 },
  { quota: "cores", label: "vCPU", per: 1 },
  { quota: "ram", label: "RAM, GiB", per: 1024 },
  { quota: "gigabytes", label: "Disk, GiB", per: 1 },
  { quota: "floating_ips", label: "Public IPs", per: 1 },
];

/** The five quotas that run out first. One without a limit needs no bar. */
export function quotaMeters(quotas: CloudProfile["quotas"]): Meter[] {
  return METERS.flatMap(({ quota, label, per }) => {
    const found = quotas[quota];
    if (!found || found.limit < 0) return [];
    return [{ label, used: Math.round(found.used / per), limit: Math.round(found.limit / per) }];
  });
}

/** `floating ips 3 of 10`, in the order of their names; without a limit only what is used. */
export function quotaWords(quotas: CloudProfile["quotas"]): string[] {
  return Object.entries(quotas)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, { used, limit }]) => `${name.replaceAll("_", " ")} ${used}${limit < 0 ? "" : ` of ${limit}`}`);
}

/** `, region ord` or `, 2 regions: ord, lon`: behind the cloud's host. */
export function regionsOf({ region, regions }: Pick<Cloud, "region" | "regions">): string {
  if (regions.length > 1) return `, ${regions.length} regions: ${regions.map(({ name }) => name).join(", ")}`;
  return region ? `, region ${region}` : "";
}

/** Host of the cloud's address, for people. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
