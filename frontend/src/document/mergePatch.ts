import type { Json, JsonObject, MergePatch } from "./types";

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** RFC 7396. Never changes `target`; what the patch does not touch keeps its identity. */
export function applyMergePatch<T>(target: T, patch: MergePatch): T {
  return merge(target as unknown as Json, patch) as unknown as T;
}

function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else define(result, name, merge(own(result, name), value));
  }
  return result;
}

/** The patch that takes back what `patch` would do to `before`. */
export function inversePatch(before: unknown, patch: MergePatch): MergePatch {
  const inverse: MergePatch = {};
  const base = isObject(before) ? before : {};
  for (const [name, value] of Object.entries(patch)) {
    const was = own(base, name);
    if (was === undefined) define(inverse, name, null);
    else if (isObject(was) && isObject(value)) define(inverse, name, inversePatch(was, value));
    else define(inverse, name, was);
  }
  return inverse;
}

/**
 * One patch that does what `first` and then `second` would do, or undefined where no merge patch can say it
 * (an object put in the place of something that `first` removed or replaced).
 */
export function composePatches(first: MergePatch, second: MergePatch): MergePatch | undefined {
  const composed: MergePatch = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const earlier = own(first, name);
    if (earlier === undefined || !isObject(value)) define(composed, name, value);
    else if (isObject(earlier)) {
      const inner = composePatches(earlier, value);
      if (inner === undefined) return undefined;
      define(composed, name, inner);
    } else return undefined;
  }
  return composed;
}

/** The patch that turns `before` into `after`. */
export function patchBetween(before: unknown, after: unknown): MergePatch {
  const patch: MergePatch = {};
  const [was, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  for (const name of Object.keys(was)) if (!Object.hasOwn(now, name)) define(patch, name, null);
  for (const [name, value] of Object.entries(now)) {
    const earlier = own(was, name);
    if (JSON.stringify(earlier) === JSON.stringify(value)) continue;
    define(patch, name, isObject(earlier) && isObject(value) ? patchBetween(earlier, value) : value);
  }
  return patch;
}

export function isEmptyPatch(patch: MergePatch): boolean {
  return Object.keys(patch).length === 0;
}

/** Whether applying `patch` would leave `target` as it is. */
export function changesNothing(target: unknown, patch: Json): boolean {
  if (!isObject(patch)) return JSON.stringify(target) === JSON.stringify(patch);
  if (!isObject(target)) return false;
  return Object.entries(patch).every(([name, value]) =>
    value === null ? own(target, name) === undefined : own(target, name) !== undefined && changesNothing(target[name], value),
  );
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Plain assignment to `__proto__` would change the prototype; ids and names come from people. */
function define(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
