import { titled } from "@/document/sizeLine";
import type { Catalogue, Json, PropertySchema } from "@/document/types";

/** One line of a type's property table. */
export type PropertyRow = {
  /** As a document spells it: `size.vcpus`, `rules[].port`. */
  name: string;
  title: string;
  values: string;
  unit: string;
  preset: string;
  help: string;
};

/** Every property in the catalogue's order. A group gives a line for each part, a list of groups too. */
export function propertyRows(schemas: Readonly<Record<string, PropertySchema>>, catalogue: Catalogue): PropertyRow[] {
  return Object.entries(schemas).flatMap(([name, schema]) => rowsOf(name, schema, schema.default, catalogue));
}

function rowsOf(name: string, schema: PropertySchema, preset: Json | undefined, catalogue: Catalogue): PropertyRow[] {
  const row = {
    name,
    title: schema.title ?? titled(name.split(/[.[]/).at(-1) ?? name),
    values: valueWords(schema, catalogue),
    unit: schema["x-unit"] ?? "",
    preset: presetWords(preset, schema),
    help: schema.description ?? "",
  };
  if (schema.type === "object" && schema.properties) {
    const parts = typeof preset === "object" && preset !== null && !Array.isArray(preset) ? preset : {};
    return Object.entries(schema.properties).flatMap(([part, inner]) =>
      rowsOf(`${name}.${part}`, inner, parts[part] ?? inner.default, catalogue).map((line) => ({ ...line, title: `${row.title}: ${line.title}` })),
    );
  }
  if (schema.type === "array" && schema.items?.properties) {
    const parts = Object.entries(schema.items.properties).flatMap(([part, inner]) => rowsOf(`${name}[].${part}`, inner, inner.default, catalogue));
    return [row, ...parts.map((line) => ({ ...line, title: `${row.title}: ${line.title}` }))];
  }
  return [row];
}

/** What may be said: `1 to 200`, `nginx, apache or none`, `an address range`. */
function valueWords(schema: PropertySchema, catalogue: Catalogue): string {
  const refers = schema["x-refers-to"];
  if (refers) return `a component: ${refers.map((key) => catalogue.get(key)?.label ?? key).join(", ")}`;
  if (schema.enum) return schema.enum.map((value) => schema["x-titles"]?.[String(value)] ?? String(value)).join(", ");
  switch (schema.type) {
    case "boolean":
      return "yes or no";
    case "integer":
    case "number":
      return rangeWords(schema);
    case "array": {
      const most = schema.maxItems === undefined ? "" : `, up to ${String(schema.maxItems)}`;
      const what = schema.items?.properties ? "groups" : schema.items ? valueWords(schema.items, catalogue) : "values";
      return `list of ${what.replace(/^an? (component|address range|address|number)/, (_, one: string) => `${one}${one === "address" ? "es" : "s"}`)}${most}`;
    }
    default:
      if (schema.format === "ipv4-cidr") return "an address range";
      if (schema.format === "ipv4") return "an address";
      return "text";
  }
}

function rangeWords({ type, minimum, exclusiveMinimum, maximum }: PropertySchema): string {
  const number = (value: number): string => value.toLocaleString("en-US");
  const kind = type === "integer" ? "a whole number" : "a number";
  if (exclusiveMinimum !== undefined) return maximum === undefined ? `more than ${number(exclusiveMinimum)}` : `more than ${number(exclusiveMinimum)}, up to ${number(maximum)}`;
  if (minimum !== undefined && maximum !== undefined) return `${number(minimum)} to ${number(maximum)}`;
  if (minimum !== undefined) return `${number(minimum)} or more`;
  if (maximum !== undefined) return `up to ${number(maximum)}`;
  return kind;
}

function presetWords(preset: Json | undefined, schema: PropertySchema): string {
  if (preset === undefined || preset === null || preset === "") return "";
  if (typeof preset === "boolean") return preset ? "yes" : "no";
  if (Array.isArray(preset)) return preset.length === 0 ? "none" : preset.map((one) => (typeof one === "object" ? "…" : String(one))).join(", ");
  if (typeof preset === "object") return Object.values(preset).map(String).join(", ");
  return schema["x-titles"]?.[String(preset)] ?? String(preset);
}
