import { componentAt, containerAt, freeSpot, placementsOf } from "./geometry";
import { sizeLine } from "./sizeLine";
import { aDesign, catalogue } from "./testing/catalogue";

test("the innermost container under a point is the one that would take a drop", () => {
  expect(containerAt(aDesign(), catalogue, { x: 400, y: 200 })).toBe("sn");
  expect(containerAt(aDesign(), catalogue, { x: 4, y: 200 })).toBe("net");
  expect(containerAt(aDesign(), catalogue, { x: 2000, y: 200 })).toBeUndefined();
});

test("a card is found before the container it lies on", () => {
  expect(componentAt(aDesign(), catalogue, { x: 12 + 24 + 10, y: 40 + 140 + 10 })).toBe("web");
});

test("a container is drawn around contents that the document lets stick out", () => {
  const design = aDesign();
  design.components.web = { type: "web_server", parent: "sn", position: { x: 700, y: 140 } };

  expect(placementsOf(design, catalogue).get("sn")?.width).toBe(700 + 176 + 12);
});

test("a free spot is free", () => {
  const spot = freeSpot(aDesign(), catalogue, "sn", { width: 176, height: 56 }, { x: 24, y: 40 });

  expect(spot.x).toBeGreaterThan(24 + 176);
});

test("a damaged document with parents in a circle is still drawn", () => {
  const design = aDesign();
  design.components.a = { type: "subnet", parent: "b" };
  design.components.b = { type: "subnet", parent: "a" };

  expect(() => placementsOf(design, catalogue)).not.toThrow();
});

test("the size line says what was asked for", () => {
  const design = aDesign();
  const web = { ...design.components.web, type: "web_server", properties: { size: { vcpus: 2, ram_gib: 4 } } };

  expect(sizeLine(web, catalogue)).toBe("2 vCPU · 4 GiB");
});
