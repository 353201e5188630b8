import { applyMergePatch, changesNothing, composePatches, inversePatch, patchBetween } from "./mergePatch";
import type { Json, MergePatch } from "./types";

/** RFC 7396, appendix A. */
const rfcExamples: [Json, Json, Json][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], ["c", "d"], ["c", "d"]],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(rfcExamples)("%j patched with %j gives %j, as RFC 7396 says", (target, patch, result) => {
  expect(applyMergePatch(target, patch as MergePatch)).toEqual(result);
});

test("what a patch does not touch keeps its identity", () => {
  const before = { components: { web: { type: "web_server" }, db: { type: "dbaas" } } };

  const after = applyMergePatch(before, { components: { web: { label: "Web" } } });

  expect(after.components.db).toBe(before.components.db);
  expect(before.components.web).toEqual({ type: "web_server" });
});

test.each<[Json, MergePatch]>([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { b: { c: { d: 1 } } }],
  [{ a: { b: 1, c: 2 } }, { a: null }],
  [{ a: { b: 1 } }, { a: { b: null, c: [1, 2] } }],
  [{ a: { b: 1 } }, { a: "flat" }],
  [{ a: "flat" }, { a: { b: 1 } }],
])("%j comes back after %j and its inverse", (before, patch) => {
  const after = applyMergePatch(before, patch);

  expect(applyMergePatch(after, inversePatch(before, patch))).toEqual(before);
});

test("two patches composed do what both do in turn", () => {
  const before = { a: { b: 1, c: 2 }, d: 3 };
  const first: MergePatch = { a: { b: 5 }, d: null };
  const second: MergePatch = { a: { b: 6, c: null }, e: 1 };

  const composed = composePatches(first, second);

  expect(applyMergePatch(before, composed ?? {})).toEqual(applyMergePatch(applyMergePatch(before, first), second));
});

test("an object in the place of something just removed can't be composed", () => {
  expect(composePatches({ a: null }, { a: { b: 1 } })).toBeUndefined();
});

test("a patch that says what is already so changes nothing", () => {
  expect(changesNothing({ a: { b: 1 } }, { a: { b: 1, c: null } })).toBe(true);
  expect(changesNothing({ a: { b: 1 } }, { a: { b: 2 } })).toBe(false);
});

test("a name such as __proto__ is only a name", () => {
  const patch = JSON.parse('{"__proto__": {"polluted": 1}}') as MergePatch;

  const after = applyMergePatch<object>({}, patch);

  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(after)).toEqual(["__proto__"]);
});

test("the patch between two documents turns the one into the other", () => {
  const before = { a: { x: 1, y: [1], gone: true }, b: "same", c: { z: 1 } };
  const after = { a: { x: 2, y: [1, 2] }, b: "same", c: { z: 1 }, d: { new: true } };

  const patch = patchBetween(before, after);

  expect(patch).toEqual({ a: { x: 2, y: [1, 2], gone: null }, d: { new: true } });
  expect(applyMergePatch(before, patch)).toEqual(after);
  expect(patchBetween(after, after)).toEqual({});
});
