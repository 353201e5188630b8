import { sentenceStart } from "./queries";
import type { Catalogue, ComponentType, JsonObject } from "./types";

export type LinkDefaults = { kind: string; properties: JsonObject };
export type Refusal = { reason: string; advice?: string };

/** In the order in which a new link takes them, the same as the server's. Dashes are the canvas's business. */
const KINDS = [
  "deliver", "origin", "publish", "attach", "replication", "tunnel", "monitor", "analyse", "traffic", "backup",
  "admin", "burst", "ha", "provision",
];
/** What links of a kind speak, whatever else their target listens to. */
const SPOKEN: Readonly<Record<string, JsonObject>> = {
  admin: { protocol: "SSH", port: 22 },
  ha: { protocol: "VRRP" },
  provision: { protocol: "SSH", port: 22 },
};

/** Kinds by which `source` may reach `target`, the one that a new link takes first. */
export function allowedKinds(source: ComponentType, target: ComponentType): string[] {
  const kinds = Object.keys(source.links).filter((kind) => source.links[kind]?.includes(target.key));
  const place = (kind: string): number => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);
  return kinds.sort((left, right) => place(left) - place(right));
}

/** The kind, protocol and port that a new link gets; undefined where none is allowed. */
export function defaultLink(source: ComponentType, target: ComponentType, kind?: string): LinkDefaults | undefined {
  const kinds = allowedKinds(source, target);
  const chosen = kind !== undefined && kinds.includes(kind) ? kind : kinds[0];
  if (chosen === undefined) return undefined;
  const spoken = SPOKEN[chosen];
  if (spoken) return { kind: chosen, properties: { ...spoken } };
  const properties: JsonObject = {};
  if (chosen !== "attach") {
    if (target.accepts?.protocol) properties.protocol = target.accepts.protocol;
    if (target.accepts?.port) properties.port = target.accepts.port;
  }
  return { kind: chosen, properties };
}

/** Why no link may go from `source` to `target`, and what to draw instead; undefined when one may. */
export function linkRefusal(source: ComponentType, target: ComponentType, catalogue: Catalogue): Refusal | undefined {
  if (allowedKinds(source, target).length > 0) return undefined;
  const reason = `${sentenceStart(source.noun)} doesn’t reach ${target.noun}.`;
  if (allowedKinds(target, source).length > 0) return { reason, advice: `Draw the link from ${definite(target.noun)} instead.` };
  const between = (source.links.traffic ?? []).flatMap((key) => catalogue.get(key) ?? []).find((type) => allowedKinds(type, target).includes("traffic"));
  if (between) {
    const on = target.accepts?.protocol ? ` on ${[target.accepts.protocol, target.accepts.port].filter(Boolean).join(" ")}` : "";
    return { reason, advice: `Link ${between.noun}${on} instead.` };
  }
  return { reason };
}

function definite(noun: string): string {
  return noun.replace(/^an? /, "the ");
}

/** What a link chip says: the kind unless it is plain traffic, the protocol, the port. */
export function linkWords(link: { kind: string; properties?: JsonObject; label?: string }): { text: string; port: string } {
  const { protocol, port } = link.properties ?? {};
  const kind = link.kind === "traffic" ? "" : link.kind === "ha" ? "HA" : sentenceStart(link.kind.replaceAll("_", " "));
  return {
    text: [kind, typeof protocol === "string" ? protocol : ""].filter(Boolean).join(" "),
    port: Array.isArray(port) ? port.join(", ") : typeof port === "number" || typeof port === "string" ? String(port) : "",
  };
}
