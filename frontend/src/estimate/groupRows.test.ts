import { expect, test } from "vitest";

import type { Estimate } from "@/api/types";
import { catalogue } from "@/document/testing/catalogue";
import { catalogueOf, type DesignDocument } from "@/document/types";

import type { EstimateRow } from "./estimateRows";
import { groupRows } from "./groupRows";

test("what sits in an own type like a region is listed under it, as in a region", () => {
  const own = [...catalogue.values()]
    .filter(({ key }) => key === "region")
    .map((type) => ({ ...type, key: "sovereign_region", reference: "sovereign_region@2", archetype: "region", version: 2 }));
  const design: DesignDocument = {
    format: 1,
    components: { home: { type: "sovereign_region@2", label: "Home" }, files: { type: "object_store", parent: "home", label: "Files" } },
    links: {},
  };
  const estimate = { groups: { region: { home: { label: "Home", monthly: "3.00", unpriced: 0 } } } } as unknown as Estimate;
  const files: EstimateRow = { id: "files", name: "Files", typeLabel: "", icon: "", category: "storage", monthly: "3.00", unpriced: 0, lines: [] };

  const [group] = groupRows(estimate, "region", [files], design, catalogueOf([...catalogue.values(), ...own]));

  expect(group?.rows).toEqual([files]);
});
