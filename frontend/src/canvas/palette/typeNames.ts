import type { ComponentType, Naming } from "@/document/types";

export const NAMINGS: readonly { value: Naming; label: string }[] = [
  { value: "generic", label: "Generic" },
  { value: "rackspace", label: "Rackspace" },
  { value: "openstack", label: "OpenStack" },
  { value: "outscale", label: "Outscale" },
];

/** What a type is called by one provider. Where it has no word for it, ours stands in. */
export function typeName(type: ComponentType, naming: Naming): string {
  const name = type.labels[naming];
  return name && !/^\(.*\)$/.test(name) ? name : type.label;
}
