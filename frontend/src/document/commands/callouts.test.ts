import { applyMergePatch, inversePatch } from "../mergePatch";
import { calloutsOf } from "../queries";
import { aDesign, catalogue } from "../testing/catalogue";
import type { DesignDocument } from "../types";
import { addCallout, changeCallout, moveCallout, removeCallout, renumberCallouts } from "./callouts";
import { type Command, patchFor } from "./command";
import { removeComponents } from "./components";

const design = aDesign({
  callouts: {
    "1": { text: "The way in.", components: ["lb"] },
    "3": { text: "The data.", components: ["db", "web"] },
    "12": { text: "No place.", components: [] },
  },
});

function after<Args>(command: Command<Args>, args: Args, before: DesignDocument = design): DesignDocument {
  return applyMergePatch(before, patchFor(command, before, args, catalogue));
}
const told = (document: DesignDocument) => calloutsOf(document).map(({ number, text }) => `${number} ${text}`);

test("callouts stand in the order of their numbers, not of their letters", () => {
  expect(told(design)).toEqual(["1 The way in.", "3 The data.", "12 No place."]);
});

test("a new callout gets the next number", () => {
  expect(after(addCallout, { components: ["web"] }).callouts?.["13"]).toEqual({ text: "", components: ["web"] });
  expect(Object.keys(after(addCallout, { components: [] }, aDesign()).callouts ?? {})).toEqual(["1"]);
});

test("a text changes without its components, and components without the text", () => {
  const changed = after(changeCallout, { number: "3", text: "Orders." });

  expect(changed.callouts?.["3"]).toEqual({ text: "Orders.", components: ["db", "web"] });
  expect(after(changeCallout, { number: "3", components: ["db"] }).callouts?.["3"]).toEqual({ text: "The data.", components: ["db"] });
});

test("moving up changes numbers with the callout before", () => {
  expect(told(after(moveCallout, { number: "3", by: -1 }))).toEqual(["1 The data.", "3 The way in.", "12 No place."]);
  expect(after(moveCallout, { number: "1", by: -1 })).toEqual(design);
});

test("removing one leaves the other numbers as they are; renumbering closes the gaps", () => {
  const removed = after(removeCallout, { number: "1" });

  expect(told(removed)).toEqual(["3 The data.", "12 No place."]);
  expect(told(after(renumberCallouts, {}, removed))).toEqual(["1 The data.", "2 No place."]);
});

test("renumbering can be taken back", () => {
  const patch = patchFor(renumberCallouts, design, {}, catalogue);

  expect(applyMergePatch(applyMergePatch(design, patch), inversePatch(design, patch))).toEqual(design);
});

test("a callout stays when what it explains is removed", () => {
  expect(after(removeComponents, { ids: ["db"] }).callouts?.["3"]).toEqual({ text: "The data.", components: ["web"] });
});
