import { catalogue } from "@/document/testing/catalogue";

import { catalogueIn, ownWord, typeName } from "./naming";

const balancer = {
  label: "Load balancer",
  labels: { generic: "Load balancer", rackspace: "Cloud Load Balancers", openstack: "(implicit)" },
};

test("a provider's word is used, and ours where it has none", () => {
  expect(typeName(balancer, "rackspace")).toBe("Cloud Load Balancers");
  expect(typeName(balancer, "openstack")).toBe("Load balancer");
  expect(typeName(balancer, "outscale")).toBe("Load balancer");
});

test("a remark in brackets is no word of its own", () => {
  expect(ownWord(balancer, "openstack")).toBeUndefined();
});

test("the same types in the same words are the same catalogue, so that nothing is drawn anew", () => {
  const types = [...catalogue.values()].map((type) => ({ ...type, labels: { ...type.labels, rackspace: `Rackspace ${type.label}` } }));

  expect(catalogueIn("rackspace", types)).toBe(catalogueIn("rackspace", types));
  expect(catalogueIn("rackspace", types).get("subnet")?.label).toBe("Rackspace Subnet");
  expect(catalogueIn("generic", types).get("subnet")?.label).toBe("Subnet");
});
