import { asProperty, type Field, fieldsOf, hintFor, valueAt } from "./form";
import { aDesign, catalogue } from "./testing/catalogue";
import type { PropertySchema } from "./types";

const fields = (schemas: Record<string, PropertySchema>, design = aDesign()): Field[] => fieldsOf(schemas, design, catalogue);
const field = (schema: PropertySchema): Field => {
  const [only] = fields({ value: schema });
  if (!only) throw new Error("no field");
  return only;
};

test.each<[PropertySchema, Partial<Field>]>([
  [{ type: "integer", title: "Count", "x-unit": "servers" }, { control: "number", title: "Count", unit: "servers", whole: true }],
  [{ type: "number", minimum: 0.5 }, { control: "number", whole: false, minimum: 0.5 }],
  [{ type: "boolean", description: "Gives it an address." }, { control: "switch", help: "Gives it an address." }],
  [{ type: "string", enum: ["nginx", "none"] }, { control: "choice", options: [{ value: "nginx", label: "Nginx" }, { value: "none", label: "None" }] }],
  [{ type: "string", format: "ipv4-cidr" }, { control: "range" }],
  [{ type: "string" }, { control: "text" }],
  [{ type: "array", items: { type: "string" } }, { control: "list" }],
])("%j is drawn as its kind of control", (schema, expected) => {
  expect(field(schema)).toMatchObject(expected);
});

test("a size is drawn as one field for each of its parts", () => {
  const size = catalogue.get("web_server")?.properties.size;

  const parts = fields({ size: size ?? {} });

  expect(parts.map((part) => [part.title, part.path])).toEqual([
    ["CPU", ["size", "vcpus"]],
    ["Memory", ["size", "ram_gib"]],
  ]);
  expect(valueAt({ size: { vcpus: 4 } }, ["size", "vcpus"])).toBe(4);
  expect(asProperty(["size", "vcpus"], 8)).toEqual({ name: "size", value: { vcpus: 8 } });
});

test("a property that names a component offers the components it may name", () => {
  const [bound] = fields(catalogue.get("floating_ip")?.properties ?? {});

  expect(bound).toMatchObject({ control: "choice", clearable: true, options: [{ value: "lb", label: "Balancer" }, { value: "web", label: "Web server" }] });
});

test.each<[PropertySchema, string | number | null, string | undefined]>([
  [{ type: "integer", minimum: 1, "x-unit": "vCPU" }, 0, "Use 1 vCPU or more."],
  [{ type: "integer", maximum: 65535 }, 70000, "Use 65,535 at most."],
  [{ type: "integer" }, 1.5, "Use a whole number."],
  [{ type: "integer", default: 1 }, null, "Give a whole number."],
  [{ type: "integer" }, 4, undefined],
  [{ type: "string", format: "ipv4-cidr" }, "10.0.300.0/24", "Use numbers up to 255, such as 10.0.30.0/24."],
  [{ type: "string", format: "ipv4-cidr" }, "10.0.30", "Write an address range such as 10.0.30.0/24."],
  [{ type: "string", format: "ipv4-cidr" }, "10.0.30.0/24", undefined],
  [{ type: "string", pattern: "^/", "x-hint": "A health path begins with /." }, "health", "A health path begins with /."],
  [{ type: "string", pattern: "^(?<bad" }, "anything", undefined],
])("%j and %j gives the hint %j", (schema, value, hint) => {
  expect(hintFor(field(schema), value)).toBe(hint);
});
