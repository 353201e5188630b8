import { catalogue } from "@/document/testing/catalogue";
import type { PropertySchema } from "@/document/types";

import { propertyRows } from "./propertyRows";

const rowsOf = (schemas: Record<string, PropertySchema>) => propertyRows(schemas, catalogue);

test("a group gives a line for each part, with the part's own default", () => {
  const size: PropertySchema = {
    title: "Size",
    type: "object",
    default: { vcpus: 2 },
    properties: { vcpus: { title: "CPU", type: "integer", minimum: 1, maximum: 256, "x-unit": "vCPU" } },
  };

  expect(rowsOf({ size })).toEqual([
    { name: "size.vcpus", title: "Size: CPU", values: "1 to 256", unit: "vCPU", preset: "2", help: "" },
  ]);
});

test("a list of groups says what each entry holds", () => {
  const rules: PropertySchema = {
    title: "Rules",
    type: "array",
    maxItems: 50,
    default: [],
    items: { type: "object", properties: { source: { title: "Source", type: "string", format: "ipv4-cidr" } } },
  };

  expect(rowsOf({ rules }).map(({ name, title, values, preset }) => [name, title, values, preset])).toEqual([
    ["rules", "Rules", "list of groups, up to 50", "none"],
    ["rules[].source", "Rules: Source", "an address range", ""],
  ]);
});

test("a reference names the types it may point at", () => {
  const [row] = rowsOf({ zones: { title: "Zones", type: "array", items: { type: "string", "x-refers-to": ["zone"] } } });

  expect(row?.values).toBe("list of components: Zone");
});
