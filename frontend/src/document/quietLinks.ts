import { linkWords } from "./linkRules";
import type { DesignDocument } from "./types";

/** Links that a canvas shows when somebody asks for them: who watches or administers many would cover all else. */
export type QuietLinks = { ids: ReadonlySet<string>; said: ReadonlyMap<string, string> };

const KINDS = new Set(["admin", "monitor", "provision"]);
/** From so many links with the same words at one component, its card says them once. */
const MANY = 3;

/** `said`: what the card of each component that reaches many says about it, such as "SSH 22 to 5". */
export function quietLinks({ links, components }: DesignDocument): QuietLinks {
  const groups = new Map<string, { source: string; words: string; ids: string[] }>();
  for (const [id, link] of Object.entries(links)) {
    if (!KINDS.has(link.kind) || !components[link.source]) continue;
    const { text, port } = linkWords(link);
    const key = JSON.stringify([link.source, link.kind, text, port]);
    const group = groups.get(key) ?? { source: link.source, words: [port && text.includes(" ") ? text.slice(text.indexOf(" ") + 1) : text, port].filter(Boolean).join(" "), ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  const ids = new Set<string>();
  const said = new Map<string, string>();
  for (const group of groups.values()) {
    if (group.ids.length < MANY) continue;
    for (const id of group.ids) ids.add(id);
    const words = `${group.words} to ${String(group.ids.length)}`;
    const before = said.get(group.source);
    said.set(group.source, before ? `${before}, ${words}` : words);
  }
  return { ids, said };
}
