import { linkRefusal } from "../linkRules";
import { applyMergePatch } from "../mergePatch";
import type { ComponentType } from "../types";
import { aDesign, catalogue } from "../testing/catalogue";
import { changeLink, connect, EditNotPossible, patchFor } from ".";

const type = (key: string): ComponentType => {
  const found = catalogue.get(key);
  if (!found) throw new Error(`no type ${key} in the test catalogue`);
  return found;
};

test("a new link is what its target accepts", () => {
  const design = aDesign();
  design.components.app = { type: "app_server", parent: "sn", position: { x: 300, y: 40 } };

  const after = applyMergePatch(design, patchFor(connect, design, { id: "l1", source: "lb", target: "app" }, catalogue));

  expect(after.links.l1).toEqual({ source: "lb", target: "app", kind: "traffic", properties: { protocol: "HTTP", port: 8080 } });
});

test("a refused link says why and what to draw instead", () => {
  const refusal = linkRefusal(type("load_balancer"), type("dbaas"), catalogue);

  expect(refusal).toEqual({ reason: "A load balancer doesn’t reach a managed database.", advice: "Link a web server on MySQL 3306 instead." });
  expect(() => patchFor(connect, aDesign(), { id: "l1", source: "lb", target: "db" }, catalogue)).toThrow(EditNotPossible);
});

test("a link the wrong way round says so", () => {
  expect(linkRefusal(type("load_balancer"), type("internet"), catalogue)?.advice).toBe("Draw the link from the internet instead.");
});

test("two components are linked once by one kind", () => {
  expect(() => patchFor(connect, aDesign(), { id: "l1", source: "lb", target: "web" }, catalogue)).toThrow("These two are already linked.");
});

test("an attached volume has neither protocol nor port", () => {
  const design = aDesign();
  design.components.vol = { type: "volume", parent: "sn", position: { x: 300, y: 140 } };

  const after = applyMergePatch(design, patchFor(connect, design, { id: "l1", source: "web", target: "vol" }, catalogue));

  expect(after.links.l1).toEqual({ source: "web", target: "vol", kind: "attach", properties: {} });
});

test("a link's port changes and its protocol stays", () => {
  const design = aDesign();

  const after = applyMergePatch(design, patchFor(changeLink, design, { id: "lb-web", port: 8080 }, catalogue));

  expect(after.links["lb-web"]?.properties).toEqual({ protocol: "HTTP", port: 8080 });
});
