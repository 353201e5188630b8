import { allowedKinds, defaultLink, linkRefusal, linkWords, type Refusal } from "@/document/linkRules";
import { isContainer, nameOf } from "@/document/queries";
import type { Catalogue, DesignDocument } from "@/document/types";

export type LinkTarget = {
  id: string;
  name: string;
  /** What the link would be: `HTTP 8080`, or that there is one already. */
  words: string;
  refusal?: Refusal | undefined;
};

/** Every place a link from `source` could be thought to go, in reading order, allowed or with the reason why not. */
export function linkTargets(design: DesignDocument, catalogue: Catalogue, source: string, order: readonly string[]): LinkTarget[] {
  const from = catalogue.get(design.components[source]?.type ?? "");
  if (!from) return [];
  return order.flatMap((id) => {
    const component = design.components[id];
    const type = component && catalogue.get(component.type);
    if (!component || !type || id === source) return [];
    const kinds = allowedKinds(from, type);
    if (kinds.length === 0 && isContainer(component, catalogue)) return [];
    const name = nameOf(component, catalogue);
    const refusal = linkRefusal(from, type, catalogue);
    if (refusal) return [{ id, name, words: "", refusal }];
    const link = defaultLink(from, type);
    const isLinked = Object.values(design.links).some((one) => one.source === source && one.target === id && one.kind === link?.kind);
    const { text, port } = linkWords(link ?? { kind: "" });
    return [{ id, name, words: isLinked ? "already linked" : [text, port].filter(Boolean).join(" ") }];
  });
}

export function allowedTargets(design: DesignDocument, catalogue: Catalogue, source: string): Set<string> {
  const targets = linkTargets(design, catalogue, source, Object.keys(design.components));
  return new Set(targets.filter((target) => !target.refusal).map((target) => target.id));
}
