import { parseRange } from "./addressRanges";
import { isObject } from "./mergePatch";
import { nameOf, typeKeyOf } from "./queries";
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
    | { control: "rows"; fields: Field[]; required: readonly string[]; what: string; most: number }
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
    const options = schema.enum.flatMap((value) => (value === null ? [] : [{ value: String(value), label: schema["x-titles"]?.[String(value)] ?? optionLabel(value) }]));
    return { ...common, control: "choice", clearable: schema.default === undefined, options };
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
      if (schema.items?.properties) {
        return {
          ...common,
          control: "rows",
          fields: fieldsOf(schema.items.properties, design, catalogue).map((field) => asNeeded(field, schema.items?.required ?? [])),
          required: schema.items.required ?? [],
          what: (schema.items.title ?? title.replace(/s$/, "")).toLowerCase(),
          most: schema.maxItems ?? Infinity,
        };
      }
      return { ...common, control: "list" };
    }
    default:
      return { ...common, control: schema.format === "ipv4-cidr" || path.at(-1) === "cidr" ? "range" : "text" };
  }
}

/** What an entry has to say can't be taken back to nothing. */
function asNeeded(field: Field, required: readonly string[]): Field {
  return field.control === "choice" && required.includes(field.path[0] ?? "") ? { ...field, clearable: false } : field;
}

function componentOptions(types: string[], design: DesignDocument, catalogue: Catalogue): Option[] {
  return Object.entries(design.components)
    .filter(([, component]) => types.includes(typeKeyOf(component, catalogue)))
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
  if (field.control === "list") return Array.isArray(value) ? listHint(field, value) : undefined;
  if (typeof value !== "string") return undefined;
  if (schema.maxLength !== undefined && value.length > schema.maxLength) return `Use ${String(schema.maxLength)} characters at most.`;
  if (schema.pattern !== undefined && !matches(schema.pattern, value)) return schema["x-hint"] ?? `${field.title} can’t be ${value}.`;
  return undefined;
}

/** The first entry that can't be right says why. */
function listHint({ schema, title }: Field, values: readonly Json[]): string | undefined {
  const { items, maxItems } = schema;
  if (maxItems !== undefined && values.length > maxItems) return `Use ${String(maxItems)} at most.`;
  for (const value of values) {
    const text = String(value);
    if (items?.format === "ipv4-cidr" && rangeHint(value)) return rangeHint(value);
    if (items?.format === "ipv4" && !parseRange(`${text}/32`)) return "Write an address such as 9.9.9.9.";
    if ((items?.type === "integer" || items?.type === "number") && typeof value !== "number") return `${text} is no number.`;
    if (items?.pattern !== undefined && !matches(items.pattern, text)) return items["x-hint"] ?? `${title} can’t hold ${text}.`;
  }
  return undefined;
}

/** The entry with what its schema presets: where a new one begins. */
export function emptyRow(fields: readonly Field[]): JsonObject {
  const row: JsonObject = {};
  for (const { path, schema } of fields) {
    const [name = ""] = path;
    if (schema.default !== undefined) row[name] = schema.default;
  }
  return row;
}

/** Whether an entry says all that it has to, and nothing that can't be right. */
export function isRowComplete(row: JsonObject, fields: readonly Field[], required: readonly string[]): boolean {
  return required.every((name) => row[name] !== undefined && row[name] !== "") && fields.every((field) => hintFor(field, valueAt(row, field.path)) === undefined);
}

/** An entry on one line: `Ingress TCP 80 203.0.113.0/24`. */
export function rowWords(row: JsonObject, fields: readonly Field[]): string {
  return fields
    .flatMap((field) => {
      const value = valueAt(row, field.path);
      if (value === undefined || value === null || value === "") return [];
      const called = "options" in field ? field.options.find((option) => option.value === String(value))?.label : undefined;
      return [called ?? (Array.isArray(value) ? value.join(", ") : String(value))];
    })
    .join(" · ");
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
