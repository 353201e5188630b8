import { isObject } from "./mergePatch";
import { propertiesOf } from "./queries";
import type { Catalogue, Component, Json, JsonObject, PropertySchema } from "./types";

/** What was asked for, in a few words: `2 vCPU · 4 GiB`. Empty where a type has no size. */
export function sizeLine(component: Component, catalogue: Catalogue): string {
  const type = catalogue.get(component.type);
  if (!type) return component.type;
  const properties = propertiesOf(component, catalogue);
  const says = (name: string): string | undefined => words(properties[name], type.properties[name]);
  const parts = [
    says("engine"),
    says("scheme"),
    properties.tls === true || properties.tls_termination === true ? "TLS" : undefined,
    says("flavor") ?? sizeWords(properties.size, properties.engine !== undefined),
    ...["volume_gib", "volume_gb", "size_gib", "size_gb", "boot_volume_gib", "egress_gb_month", "storage_gb", "checks"].flatMap(
      (name) => (name === "boot_volume_gib" ? [] : [says(name)]),
    ),
  ].filter((part): part is string => part !== undefined);
  if (parts.length > 0) return parts.slice(0, 3).join(" · ");
  if (type.container) return "";
  return type.labels.generic !== undefined && component.label && component.label !== type.label ? type.label : firstSentence(type.summary);
}

/** What a container's header says beside its name: an address range, from how many to how many servers, whose site. */
export function addressRange(component: Component, catalogue: Catalogue): string {
  const { cidr, region, name, min, max, hypervisors, owner } = propertiesOf(component, catalogue);
  if (typeof min === "number" && typeof max === "number") return `${String(min)}–${String(max)} servers`;
  if (typeof hypervisors === "number") return `${String(hypervisors)} hypervisors`;
  if (typeof owner === "string") return titled(owner);
  const said = [cidr, region, name].find((value) => typeof value === "string" && value !== "");
  return typeof said === "string" ? said : "";
}

function words(value: Json | undefined, schema: PropertySchema | undefined): string | undefined {
  if (typeof value === "number") return value === 0 ? undefined : [value.toLocaleString("en"), schema?.["x-unit"]].filter(Boolean).join(" ");
  if (typeof value !== "string" || value === "") return undefined;
  return titled(value);
}

const SPELLINGS: Record<string, string> = { tcp: "TCP", udp: "UDP", icmp: "ICMP", api: "API", smtp: "SMTP", cpu: "CPU", http: "HTTP", mysql: "MySQL", mariadb: "MariaDB", postgresql: "PostgreSQL", mongodb: "MongoDB" };

export function titled(value: string): string {
  return SPELLINGS[value.toLowerCase()] ?? value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ");
}

/** A database is told by its memory: engine and volume stand beside it. */
function sizeWords(size: Json | undefined, onlyMemory: boolean): string | undefined {
  if (!isObject(size)) return undefined;
  const { vcpus, ram_gib } = size as JsonObject & { vcpus?: number; ram_gib?: number };
  const parts = [vcpus === undefined || onlyMemory ? "" : `${String(vcpus)} vCPU`, ram_gib === undefined ? "" : `${String(ram_gib)} GiB`].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : undefined;
}

function firstSentence(text: string): string {
  const [sentence = ""] = text.split(/[.;:,]/);
  return sentence.length > 34 ? "" : sentence;
}
