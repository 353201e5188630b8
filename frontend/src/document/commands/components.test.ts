import { applyMergePatch, inversePatch } from "../mergePatch";
import { aDesign, catalogue } from "../testing/catalogue";
import { isWhole } from "../wholeness";
import { addComponent, clipOf, EditNotPossible, patchFor, pasteClip, removeComponents, setProperty } from ".";

function perform<Args>(command: Parameters<typeof patchFor<Args>>[0], design: ReturnType<typeof aDesign>, args: Args) {
  return applyMergePatch(design, patchFor(command, design, args, catalogue));
}

test("a new component gets a name of its own", () => {
  const after = perform(addComponent, aDesign(), { id: "web2", type: "web_server", parent: "sn" });

  expect(after.components.web2).toMatchObject({ type: "web_server", parent: "sn", label: "Web server 2" });
});

test("a new component lands where nothing else stands", () => {
  const after = perform(addComponent, aDesign(), { id: "web2", type: "web_server", parent: "sn" });

  const places = Object.values(after.components).filter((one) => one.parent === "sn").map((one) => JSON.stringify(one.position));
  expect(new Set(places).size).toBe(places.length);
});

test("a container says which places would be right when it can't take a component", () => {
  const add = () => patchFor(addComponent, aDesign(), { id: "web2", type: "web_server", parent: "net" }, catalogue);

  expect(add).toThrow(EditNotPossible);
  expect(add).toThrow("A web server sits in a subnet, not in a network.");
});

test("a second subnet gets an address range that is still free", () => {
  const after = perform(addComponent, aDesign(), { id: "sn2", type: "subnet", parent: "net" });

  expect(after.components.sn2?.properties).toEqual({ cidr: "10.0.20.0/24" });
});

test("a container grows with what is put into it, and so do the containers around", () => {
  const after = perform(addComponent, aDesign(), { id: "web2", type: "web_server", parent: "sn", position: { x: 560, y: 400 } });

  expect(after.components.sn?.size).toEqual({ width: 748, height: 468 });
  expect(after.components.net?.size).toEqual({ width: 772, height: 520 });
});

test("a neighbour makes room for a container that grows into it", () => {
  const design = aDesign();
  design.components.below = { type: "subnet", parent: "net", position: { x: 12, y: 352 }, size: { width: 600, height: 120 } };

  const after = perform(addComponent, design, { id: "web2", type: "web_server", parent: "sn", position: { x: 24, y: 400 } });

  const sn = after.components.sn;
  expect(after.components.below?.position?.y).toBeGreaterThanOrEqual((sn?.position?.y ?? 0) + (sn?.size?.height ?? 0));
});

test("removing a container removes its contents and their links in the same edit", () => {
  const after = perform(removeComponents, aDesign(), { ids: ["sn"] });

  expect(Object.keys(after.components)).toEqual(["net"]);
  expect(after.links).toEqual({});
});

test("removing a component leaves no property and no callout that names it", () => {
  const design = aDesign({ callouts: { "1": { text: "Front", components: ["web", "lb"] } } });
  design.components.ip = { type: "floating_ip", position: { x: 0, y: 400 }, properties: { bound_to: "web" } };

  const after = perform(removeComponents, design, { ids: ["web"] });

  expect(after.components.ip?.properties).toEqual({});
  expect(after.callouts).toEqual({ "1": { text: "Front", components: ["lb"] } });
});

test("what was removed comes back whole", () => {
  const design = aDesign();
  const patch = patchFor(removeComponents, design, { ids: ["net"] }, catalogue);

  const restored = applyMergePatch(applyMergePatch(design, patch), inversePatch(design, patch));

  expect(restored).toEqual(design);
});

test("one part of a size changes and the other stays as it was said", () => {
  const design = aDesign();
  design.components.web = { type: "web_server", parent: "sn", position: { x: 24, y: 140 }, properties: { size: { vcpus: 2, ram_gib: 4 } } };

  const after = perform(setProperty, design, { id: "web", name: "size", value: { vcpus: 8 } });

  expect(after.components.web?.properties).toEqual({ size: { vcpus: 8, ram_gib: 4 } });
});

test("a copy keeps the links among what was copied and none to the rest", () => {
  const design = aDesign();
  const clip = clipOf(design, ["lb", "web"]);

  const after = perform(pasteClip, design, { clip, freshIds: { lb: "lb2", web: "web2", "lb-web": "l9" }, offset: 24 });

  expect(after.links.l9).toMatchObject({ source: "lb2", target: "web2" });
  expect(Object.values(after.links).filter((link) => link.source === "web2" || link.target === "lb2")).toEqual([]);
  expect(after.components.web2?.label).toBe("Web server 2");
});

test("a copied container brings copies of its contents", () => {
  const design = aDesign();
  const clip = clipOf(design, ["sn"]);
  const freshIds = { sn: "sn2", lb: "lb2", web: "web2", db: "db2", "lb-web": "l1", "web-db": "l2" };

  const patch = patchFor(pasteClip, design, { clip, freshIds, offset: 24 }, catalogue);
  const after = applyMergePatch(design, patch);

  expect(after.components.web2?.parent).toBe("sn2");
  expect(isWhole(after, patch)).toBe(true);
});

test("the first edit of a design without places writes them all down, so that nothing jumps later", () => {
  const design = aDesign();
  for (const component of Object.values(design.components)) delete component.position;

  const after = perform(setProperty, design, { id: "web", name: "count", value: 2 });

  expect(Object.values(after.components).every((component) => component.position)).toBe(true);
});
