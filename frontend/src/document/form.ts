import { parseRange } from "./addressRanges";
import { isObject } from "./mergePatch";
import { nameOf } from "./queries";
import { titled } from "./sizeLine";
import type { Catalogue, DesignDocument, Json, JsonObject, PropertySchema } from "./types";

export type Option = { value: string; label: string };

type Common = {
  /** Where the value is: one name, or two for a part of a group such as a server's size. */
  path: readonly string[];
  title: string;
  help: string;
  schema: PropertySchema;
};

/** One control of the property form. Drawn from the type's schema, so that a new type needs no new form. */
export type Field = Common &
  (
    | { control: "number"; unit: string; step: number; whole: boolean; minimum?: number | undefined; maximum?: number | undefined }
    | { control: "choice"; options: Option[]; clearable: boolean }
    | { control: "switch" }
    | { control: "text" | "range" | "list" }
    | { control: "choices"; options: Option[] }
  );

/** The fields of a type in the catalogue's order; a group of values gives one field for each part. */
export function fieldsOf(schemas: Readonly<Record<string, PropertySchema>>, design: DesignDocument, catalogue: Catalogue): Field[] {
  return Object.entries(schemas).flatMap(([name, schema]) =>
    schema.type === "object" && schema.properties
      ? Object.entries(schema.properties).map(([part, inner]) => fieldOf([name, part], inner, design, catalogue))
      : [fieldOf([name], schema, design, catalogue)],
  );
}

function fieldOf(path: string[], schema: PropertySchema, design: DesignDocument, catalogue: Catalogue): Field {
  const title = schema.title ?? titled(path.at(-1) ?? "");
  const common: Common = { path, title, help: schema.description ?? "", schema };
  if (schema["x-refers-to"]) {
    return { ...common, control: "choice", clearable: true, options: componentOptions(schema["x-refers-to"], design, catalogue) };
  }
  if (schema.enum) {
    const options = schema.enum.flatMap((value) => (value === null ? [] : [{ value: String(value), label: optionLabel(value) }]));
    return { ...common, control: "choice", clearable: false, options };
  }
  switch (schema.type) {
    case "integer":
    case "number":
      return {
        ...common,
        control: "number",
        unit: schema["x-unit"] ?? "",
        whole: schema.type === "integer",
        step: schema.multipleOf ?? 1,
        minimum: schema.minimum ?? schema.exclusiveMinimum,
        maximum: schema.maximum,
      };
    case "boolean":
      return { ...common, control: "switch" };
    case "array": {
      const refers = schema.items?.["x-refers-to"];
      if (refers) return { ...common, control: "choices", options: componentOptions(refers, design, catalogue) };
      const values = schema.items?.enum;
      if (values) return { ...common, control: "choices", options: values.map((value) => ({ value: String(value), label: optionLabel(value) })) };
      return { ...common, control: "list" };
    }
    default:
      return { ...common, control: schema.format === "ipv4-cidr" || path.at(-1) === "cidr" ? "range" : "text" };
  }
}

function componentOptions(types: string[], design: DesignDocument, catalogue: Catalogue): Option[] {
  return Object.entries(design.components)
    .filter(([, component]) => types.includes(component.type))
    .map(([id, component]) => ({ value: id, label: nameOf(component, catalogue) }));
}

function optionLabel(value: Json): string {
  if (typeof value !== "string") return String(value);
  return /[A-Z0-9.]/.test(value) ? value.replace(/^ubuntu-/, "Ubuntu ").replace(/^debian-/, "Debian ").replaceAll("_", " ") : titled(value);
}

export function valueAt(properties: JsonObject, path: readonly string[]): Json | undefined {
  const [name = "", part] = path;
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (part === undefined) return value;
  return isObject(value) ? value[part] : undefined;
}

/** The value as a member of `properties`: a group says only the part that changes. */
export function asProperty(path: readonly string[], value: Json): { name: string; value: Json } {
  const [name = "", part] = path;
  return { name, value: part === undefined ? value : { [part]: value } };
}

/**
 * A hint while typing, in the words of the place; undefined when nothing is wrong so far.
 * Only a hint: the server has the last word.
 */
export function hintFor(field: Field, value: Json | undefined): string | undefined {
  const { schema } = field;
  if (value === undefined || value === null || value === "") {
    return schema.default === undefined || field.control !== "number" ? undefined : `Give ${quantity(field)}.`;
  }
  if (field.control === "number") {
    const unit = field.unit ? ` ${field.unit}` : "";
    if (typeof value !== "number" || !Number.isFinite(value)) return `Give ${quantity(field)}.`;
    if (field.whole && !Number.isInteger(value)) return "Use a whole number.";
    if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) return `Use more than ${String(schema.exclusiveMinimum)}${unit}.`;
    if (schema.minimum !== undefined && value < schema.minimum) return `Use ${String(schema.minimum)}${unit} or more.`;
    if (schema.maximum !== undefined && value > schema.maximum) return `Use ${schema.maximum.toLocaleString("en-US")}${unit} at most.`;
    return undefined;
  }
  if (field.control === "range") return rangeHint(value);
  if (typeof value !== "string") return undefined;
  if (schema.maxLength !== undefined && value.length > schema.maxLength) return `Use ${String(schema.maxLength)} characters at most.`;
  if (schema.pattern !== undefined && !matches(schema.pattern, value)) return schema["x-hint"] ?? `${field.title} can’t be ${value}.`;
  return undefined;
}

function rangeHint(value: Json): string | undefined {
  const text = String(value).trim();
  if (parseRange(text)) return undefined;
  const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number);
  if (numbers?.some((number) => number > 255)) return "Use numbers up to 255, such as 10.0.30.0/24.";
  return "Write an address range such as 10.0.30.0/24.";
}

function quantity(field: Field): string {
  return field.control === "number" && field.whole ? "a whole number" : "a number";
}

/** A pattern from the catalogue may be one that this browser doesn't know; then the server decides alone. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}
