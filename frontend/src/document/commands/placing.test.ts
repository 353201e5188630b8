import { overlaps, placementsOf } from "../geometry";
import { applyMergePatch } from "../mergePatch";
import { childrenOf } from "../queries";
import { aDesign, catalogue } from "../testing/catalogue";
import { EditNotPossible, moveComponents, nudgeComponents, patchFor, resizeContainer, tidyUp } from ".";

function twoSubnets() {
  const design = aDesign();
  design.components.sn2 = { type: "subnet", parent: "net", position: { x: 12, y: 400 }, size: { width: 600, height: 200 } };
  return design;
}

test("a component dragged into another container sits there", () => {
  const design = twoSubnets();

  const after = applyMergePatch(design, patchFor(moveComponents, design, { moves: { web: { position: { x: 40, y: 60 }, parent: "sn2" } } }, catalogue));

  expect(after.components.web).toMatchObject({ parent: "sn2", position: { x: 40, y: 60 } });
  expect(after.links["lb-web"]).toEqual(design.links["lb-web"]);
});

test("a component stays clear of its container's header", () => {
  const design = aDesign();

  const after = applyMergePatch(design, patchFor(moveComponents, design, { moves: { web: { position: { x: -30, y: 2 } } } }, catalogue));

  expect(after.components.web?.position).toEqual({ x: 12, y: 28 });
});

test("a server can't be dragged out onto the canvas", () => {
  const move = () => patchFor(moveComponents, aDesign(), { moves: { web: { position: { x: 900, y: 0 }, parent: null } } }, catalogue);

  expect(move).toThrow("A web server sits in a subnet, not on the canvas.");
});

test("a container can't be put into itself", () => {
  const move = () => patchFor(moveComponents, aDesign(), { moves: { net: { position: { x: 0, y: 0 }, parent: "sn" } } }, catalogue);

  expect(move).toThrow(EditNotPossible);
});

test("a container does not shrink below its contents", () => {
  const design = aDesign();

  const after = applyMergePatch(design, patchFor(resizeContainer, design, { id: "sn", size: { width: 10, height: 10 } }, catalogue));

  expect(after.components.sn?.size).toEqual({ width: 212, height: 300 });
});

test("a nudge moves by exactly what was asked, off the grid too", () => {
  const design = aDesign();

  const patch = patchFor(nudgeComponents, design, { ids: ["web"], by: { x: 1, y: 0 } }, catalogue);

  expect(patch).toEqual({ components: { web: { position: { x: 25, y: 140 } } } });
});

test("tidying up leaves no two cards on top of each other and traffic flows down", () => {
  const design = aDesign();

  const after = applyMergePatch(design, patchFor(tidyUp, design, {}, catalogue));

  const placements = placementsOf(after, catalogue);
  const rects = childrenOf(after, "sn").flatMap((id) => placements.get(id) ?? []);
  expect(rects.every((rect, index) => rects.slice(index + 1).every((other) => !overlaps(rect, other)))).toBe(true);
  const [lb, web, db] = ["lb", "web", "db"].map((id) => placements.get(id)?.y ?? 0) as [number, number, number];
  expect(lb).toBeLessThan(web);
  expect(web).toBeLessThan(db);
});

test("links in a circle don't keep the arrangement from ending", () => {
  const design = aDesign();
  design.links.back = { source: "db", target: "lb", kind: "traffic" };

  expect(() => patchFor(tidyUp, design, {}, catalogue)).not.toThrow();
});
