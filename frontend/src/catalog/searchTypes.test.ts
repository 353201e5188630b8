import { catalogue } from "@/document/testing/catalogue";

import { searchTypes } from "./searchTypes";

const types = [...catalogue.values()].map((type) =>
  type.key === "load_balancer" ? { ...type, summary: "An internal one stays in its subnet.", labels: { generic: "Load balancer", openstack: "Octavia" } } : type,
);

test("what is called so comes before what only mentions it", () => {
  expect(searchTypes(types, "subnet").map((type) => type.key)).toEqual(["subnet", "load_balancer"]);
});

test("a provider's name finds the type too", () => {
  expect(searchTypes(types, "octavia")[0]?.key).toBe("load_balancer");
});
