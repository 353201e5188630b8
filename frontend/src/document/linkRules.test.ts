import type { ComponentType } from "./types";

import { allowedKinds, defaultLink, linkWords } from "./linkRules";

const type = (key: string, links: Record<string, string[]>, accepts = {}): ComponentType => ({ key, links, accepts }) as unknown as ComponentType;

test("a new link is of the kind that the server would choose", () => {
  const server = type("db_server", { traffic: ["vpn_vm"], tunnel: ["vpn_vm"], backup: ["vpn_vm"] });

  expect(allowedKinds(server, type("vpn_vm", {}))).toEqual(["tunnel", "traffic", "backup"]);
});

test.each([
  ["ha", { protocol: "VRRP" }],
  ["provision", { protocol: "SSH", port: 22 }],
  ["admin", { protocol: "SSH", port: 22 }],
])("a link of kind %s speaks its own protocol, not what its target serves", (kind, properties) => {
  const balancer = type("lb_vm", {}, { protocol: "HTTP", port: 80 });

  expect(defaultLink(type("other", { [kind]: ["lb_vm"] }), balancer)).toEqual({ kind, properties });
});

test("high availability goes by its two letters", () => {
  expect(linkWords({ kind: "ha", properties: { protocol: "VRRP" } })).toEqual({ text: "HA VRRP", port: "" });
});
