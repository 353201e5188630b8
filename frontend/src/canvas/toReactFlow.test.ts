import type { Estimate } from "@/api/types";
import { aDesign, catalogue } from "@/document/testing/catalogue";

import { toEdges } from "./toEdges";
import { absoluteRects, reuseUnchanged, toNodes } from "./toReactFlow";

const estimate = {
  currency: "USD",
  components: { web: { monthly: "108.04", unpriced: 0 }, lb: { monthly: "36.50", unpriced: 0 }, db: { monthly: null, unpriced: 1 } },
} as unknown as Estimate;

test("containers come before their contents, and contents in reading order", () => {
  const ids = toNodes(aDesign(), catalogue, {}).map((node) => node.id);

  expect(ids).toEqual(["net", "sn", "lb", "web", "db"]);
});

test("a node says type, name, count, size, price, state and findings, in that order", () => {
  const design = aDesign();
  design.components.web = { ...design.components.web, type: "web_server", parent: "sn", properties: { count: 2, size: { vcpus: 2, ram_gib: 4 } } };
  const facts = {
    estimate,
    states: { web: { status: "working" as const, done: 1, total: 4, detail: "Booting" } },
    findings: [{ rule: "HA-01", severity: "warning" as const, summary: "", detail: "", components: ["web"], fix: null }],
  };

  const web = toNodes(design, catalogue, facts).find((node) => node.id === "web");

  expect(web?.ariaLabel).toBe("Web server, Web server, 2 of them, 2 vCPU · 4 GiB, $108.04 a month, Working, Booting, 1 finding, gravest warning");
});

test("a missing price is never shown as zero", () => {
  const db = toNodes(aDesign(), catalogue, { estimate }).find((node) => node.id === "db");

  expect(db?.data.price).toMatchObject({ text: "No price", isMissing: true });
});

test("a container costs what its contents cost", () => {
  const sn = toNodes(aDesign(), catalogue, { estimate }).find((node) => node.id === "sn");

  expect(sn?.data.price?.text).toBe("$144.54");
});

test("an edit to one component leaves the other nodes the same objects", () => {
  const before = toNodes(aDesign(), catalogue, {});
  const design = aDesign();
  design.components.web = { ...design.components.web, type: "web_server", parent: "sn", label: "Shop" };

  const after = reuseUnchanged(before, toNodes(design, catalogue, {}));

  const changed = after.filter((node) => !before.includes(node)).map((node) => node.id);
  expect(changed).toEqual(["web"]);
});

test("a drag draws only the links of what it moves anew", () => {
  const design = aDesign();
  const before = toEdges(design, catalogue, absoluteRects(design, catalogue));

  const moved = absoluteRects(design, catalogue, new Map([["db", { x: 300, y: 232 }]]));
  const now = toEdges(design, catalogue, moved, before);

  const route = (id: string, drawing: typeof before) => drawing.edges.find((edge) => edge.id === id)?.data?.route;
  expect(route("lb-web", now)).toBe(route("lb-web", before));
  expect(route("web-db", now)).not.toBe(route("web-db", before));
});

test("a link finds a new way when something is put onto the one it had", () => {
  const design = aDesign();
  const before = toEdges(design, catalogue, absoluteRects(design, catalogue));
  const crowded = aDesign();
  crowded.components.other = { type: "volume", parent: "sn", position: { x: 24, y: 96 } };

  const now = toEdges(crowded, catalogue, absoluteRects(crowded, catalogue), before);

  expect(now.edges.find((edge) => edge.id === "lb-web")?.data?.route).not.toEqual(before.edges[0]?.data?.route);
});

test("a label that would repeat the one beside it stays away, and one far off stays", () => {
  const design = aDesign();
  const far = { type: "web_server", parent: "sn", label: "Far" };
  design.components = {
    lb: { type: "load_balancer", label: "Balancer", position: { x: 0, y: 0 } },
    web: { type: "web_server", label: "One", position: { x: 700, y: 0 } },
    web2: { type: "web_server", label: "Two", position: { x: 700, y: 14 } },
    far: { ...far, position: { x: 0, y: 500 } },
  };
  const rects = new Map(
    Object.entries(design.components).map(([id, { position }]) => [id, { x: position?.x ?? 0, y: position?.y ?? 0, width: 176, height: 56 }] as const),
  );
  const link = (target: string) => ({ source: "lb", target, kind: "traffic", properties: { protocol: "HTTP", port: 80 } });
  design.links = { first: link("web"), second: link("web2"), third: link("far") };

  const labelled = toEdges(design, catalogue, rects).edges.filter((edge) => edge.data?.label);

  expect(labelled.map(({ id }) => id)).toEqual(["first", "third"]);
});
