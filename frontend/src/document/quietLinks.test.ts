import { quietLinks } from "./quietLinks";
import type { DesignDocument } from "./types";

const ssh = { kind: "admin", properties: { protocol: "SSH", port: 22 } };

function design(links: DesignDocument["links"]): DesignDocument {
  const components = Object.fromEntries(["bas", "a", "b", "c"].map((id) => [id, { type: "server" }]));
  return { format: 1, settings: {}, components, links } as unknown as DesignDocument;
}

test("a component that administers many says so once", () => {
  const quiet = quietLinks(design({ 1: { source: "bas", target: "a", ...ssh }, 2: { source: "bas", target: "b", ...ssh }, 3: { source: "bas", target: "c", ...ssh } }));

  expect([...quiet.ids]).toEqual(["1", "2", "3"]);
  expect(quiet.said.get("bas")).toBe("SSH 22 to 3");
});

test("two links, other words and traffic stay as they are", () => {
  const two = quietLinks(design({ 1: { source: "bas", target: "a", ...ssh }, 2: { source: "bas", target: "b", ...ssh }, 3: { source: "bas", target: "c", kind: "admin", properties: { protocol: "RDP", port: 3389 } } }));
  const traffic = quietLinks(design(Object.fromEntries(["a", "b", "c"].map((target) => [target, { source: "bas", target, kind: "traffic" }]))));

  expect(two.ids.size + traffic.ids.size).toBe(0);
});
