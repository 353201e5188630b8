import { arrange } from "../arranging";
import { applyMergePatch, composePatches, isEmptyPatch } from "../mergePatch";
import type { Catalogue, DesignDocument, JsonObject, MergePatch } from "../types";

/**
 * One thing a person can do to a design: a label for the history, and a pure function from the document to the
 * merge patch that does it. `run` throws EditNotPossible when the design's own rules forbid it.
 */
export type Command<Args> = {
  label: string;
  run: (design: DesignDocument, args: Args, catalogue: Catalogue) => MergePatch;
};

/** What a command answers when there is nothing to do. */
export const NOTHING: MergePatch = {};

/** The message is one sentence for people; `advice` says what would work. */
export class EditNotPossible extends Error {
  override readonly name = "EditNotPossible";

  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}

/**
 * The whole patch of a command. A document that leaves places open gets them all written down with its first edit:
 * otherwise the arrangement would jump each time something is added.
 */
export function patchFor<Args>(command: Command<Args>, design: DesignDocument, args: Args, catalogue: Catalogue): MergePatch {
  const pin = pinOpenPlaces(design, catalogue);
  const patch = command.run(isEmptyPatch(pin) ? design : applyMergePatch(design, pin), args, catalogue);
  return isEmptyPatch(patch) ? patch : (composePatches(pin, patch) ?? patch);
}

function pinOpenPlaces(design: DesignDocument, catalogue: Catalogue): MergePatch {
  const open = Object.entries(design.components).filter(([, component]) => !component.position);
  if (open.length === 0 || open.length < Object.keys(design.components).length) return {};
  const arrangement = arrange(design, catalogue);
  const components: JsonObject = {};
  for (const [id, component] of open) {
    const rect = arrangement.get(id);
    if (!rect) continue;
    const place: JsonObject = { position: { x: rect.x, y: rect.y } };
    if (catalogue.get(component.type)?.container) place.size = { width: rect.width, height: rect.height };
    components[id] = place;
  }
  return { components };
}

/** A document under change, and the one patch that says everything done to it. */
export class Draft {
  patch: MergePatch = {};

  constructor(public design: DesignDocument) {}

  apply(patch: MergePatch): void {
    if (isEmptyPatch(patch)) return;
    const composed = composePatches(this.patch, patch);
    if (composed === undefined) throw new Error("A draft can't put an object where it removed something");
    this.patch = composed;
    this.design = applyMergePatch(this.design, patch);
  }
}
