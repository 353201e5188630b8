import { calloutsOf, type NumberedCallout } from "../queries";
import type { DesignDocument, JsonObject, MergePatch } from "../types";
import { type Command, EditNotPossible, NOTHING } from "./command";

const LAST_NUMBER = 999;

/** The number that the next callout gets. */
export function nextNumber(design: DesignDocument): number {
  return Number(calloutsOf(design).at(-1)?.number ?? 0) + 1;
}

export const addCallout: Command<{ text?: string; components: readonly string[] }> = {
  label: "Add callout",
  run: (design, { text = "", components }) => {
    const number = nextNumber(design);
    if (number > LAST_NUMBER) throw new EditNotPossible(`Callouts go up to ${String(LAST_NUMBER)}.`, "Renumber them first, so that none is left out.");
    return { callouts: { [number]: { text, components: [...components] } } };
  },
};

export const changeCallout: Command<{ number: string; text?: string; components?: readonly string[] }> = {
  label: "Change callout",
  run: (design, { number, text, components }) => {
    if (!(number in (design.callouts ?? {}))) return NOTHING;
    return { callouts: { [number]: { ...(text === undefined ? {} : { text }), ...(components === undefined ? {} : { components: [...components] }) } } };
  },
};

/** The others keep their numbers: somebody may have spoken of them. */
export const removeCallout: Command<{ number: string }> = {
  label: "Remove callout",
  run: (design, { number }) => (number in (design.callouts ?? {}) ? { callouts: { [number]: null } } : NOTHING),
};

/** Change numbers with the callout before (-1) or after (1). */
export const moveCallout: Command<{ number: string; by: -1 | 1 }> = {
  label: "Renumber callout",
  run: (design, { number, by }) => {
    const callouts = calloutsOf(design);
    const at = callouts.findIndex((callout) => callout.number === number);
    const [one, other] = [callouts[at], callouts[at + by]];
    if (!one || !other) return NOTHING;
    return { callouts: { [other.number]: contentOf(one), [one.number]: contentOf(other) } };
  },
};

/** 1 to n without gaps, in the order they have. */
export const renumberCallouts: Command<Record<string, never>> = {
  label: "Renumber callouts",
  run: (design) => {
    const callouts = calloutsOf(design);
    const patch: MergePatch = {};
    callouts.forEach((callout, index) => {
      if (callout.number !== String(index + 1)) patch[String(index + 1)] = contentOf(callout);
    });
    for (const { number } of callouts.filter((one) => Number(one.number) > callouts.length)) patch[number] = null;
    return Object.keys(patch).length === 0 ? NOTHING : { callouts: patch };
  },
};

function contentOf({ text, components }: NumberedCallout): JsonObject {
  return { text, components: [...components] };
}
