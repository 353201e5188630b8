import { type Catalogue, catalogueOf, type ComponentType, type DesignDocument, type PropertySchema } from "../types";

/** A small catalogue for tests, with the shapes of the shipped one. */
function aType(key: string, facts: Partial<ComponentType>): ComponentType {
  const label = facts.label ?? key;
  return {
    key, reference: key, archetype: key, retired: false, label, noun: `a ${label.toLowerCase()}`, labels: { generic: label }, category: "compute", icon: "box", family: key,
    summary: "", container: false, parents: ["subnet"], properties: {}, links: {}, accepts: null, makes: [], billed: [], version: 1, ...facts,
  };
}

const count = { title: "Count", type: "integer", minimum: 0, maximum: 200, default: 1, "x-unit": "servers" } as const;
const size = {
  title: "Size",
  type: "object",
  default: { vcpus: 1, ram_gib: 2 },
  properties: {
    vcpus: { title: "CPU", type: "integer", minimum: 1, maximum: 256, "x-unit": "vCPU" },
    ram_gib: { title: "Memory", type: "number", minimum: 0.5, maximum: 4096, "x-unit": "GiB" },
  },
} as const;
const zones = { title: "Zones", type: "array", default: [], items: { type: "string", "x-refers-to": ["zone"] } } satisfies PropertySchema;

export const catalogue: Catalogue = catalogueOf([
  aType("region", { label: "Region", category: "container", container: true, parents: ["canvas"] }),
  aType("zone", { label: "Zone", category: "container", container: true, parents: ["region"] }),
  aType("network", {
    label: "Network", category: "container", container: true, parents: ["region", "canvas"],
    properties: { cidr: { title: "Address range", type: "string", format: "ipv4-cidr", default: "10.0.0.0/16" } },
  }),
  aType("subnet", {
    label: "Subnet", category: "container", container: true, parents: ["network"],
    properties: { cidr: { title: "Address range", type: "string", format: "ipv4-cidr", default: "10.0.0.0/24" } },
  }),
  aType("internet", { label: "Internet", noun: "the internet", category: "edge", parents: ["canvas"], links: { traffic: ["load_balancer"] } }),
  aType("load_balancer", {
    label: "Load balancer", category: "edge", links: { traffic: ["web_server", "app_server"] }, accepts: { protocol: "HTTPS", port: 443 },
  }),
  aType("web_server", {
    label: "Web server", properties: { count, size, zones }, accepts: { protocol: "HTTP", port: 80 },
    links: { traffic: ["app_server", "dbaas"], publish: ["object_store"], attach: ["volume"] },
  }),
  aType("app_server", {
    label: "App server", noun: "an app server", properties: { count, size },
    links: { traffic: ["dbaas"] }, accepts: { protocol: "HTTP", port: 8080 },
  }),
  aType("dbaas", { label: "Managed database", category: "data", accepts: { protocol: "MySQL", port: 3306 } }),
  aType("volume", { label: "Block volume", category: "storage" }),
  aType("object_store", { label: "Object container", noun: "an object container", category: "storage", parents: ["region"], accepts: { protocol: "HTTPS", port: 443 } }),
  aType("floating_ip", {
    label: "Public IP", category: "edge", parents: ["canvas", "region"],
    properties: { bound_to: { title: "Bound to", type: "string", "x-refers-to": ["web_server", "load_balancer"] } },
  }),
]);

/** A network with a subnet, in it a balancer, a web server and a database. */
export function aDesign(change: Partial<DesignDocument> = {}): DesignDocument {
  return {
    format: 1,
    components: {
      net: { type: "network", label: "Net", position: { x: 0, y: 0 }, size: { width: 640, height: 360 } },
      sn: { type: "subnet", parent: "net", label: "Subnet", properties: { cidr: "10.0.10.0/24" }, position: { x: 12, y: 40 }, size: { width: 600, height: 300 } },
      lb: { type: "load_balancer", parent: "sn", label: "Balancer", position: { x: 24, y: 40 } },
      web: { type: "web_server", parent: "sn", label: "Web server", position: { x: 24, y: 140 } },
      db: { type: "dbaas", parent: "sn", label: "Orders", position: { x: 24, y: 232 } },
    },
    links: {
      "lb-web": { source: "lb", target: "web", kind: "traffic", properties: { protocol: "HTTP", port: 80 } },
      "web-db": { source: "web", target: "db", kind: "traffic", properties: { protocol: "MySQL", port: 3306 } },
    },
    ...change,
  };
}
