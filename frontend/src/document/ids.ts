import type { DesignDocument } from "./types";

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** A new id that can be read (`web_k4p`) and that two people adding at once won't both pick. */
export function freshId(taken: Readonly<Record<string, unknown>>, stem: string, random: () => number = Math.random): string {
  const word = stem.split("_")[0] ?? stem;
  for (;;) {
    const tail = Array.from({ length: 3 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join("");
    const id = `${word}_${tail}`;
    if (!(id in taken)) return id;
  }
}

/** Ids for the copies of a clip's components and links. */
export function freshIdsFor(design: DesignDocument, clip: Pick<DesignDocument, "components" | "links">): Record<string, string> {
  const components = Object.entries(clip.components).map(([id, component]) => [id, freshId(design.components, component.type)] as const);
  const links = Object.keys(clip.links).map((id) => [id, freshId(design.links, "link")] as const);
  return Object.fromEntries([...components, ...links]);
}
