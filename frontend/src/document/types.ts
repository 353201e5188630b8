/** The design as plain data: the JSON that the server keeps, and the catalogue's facts about what may be drawn. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** RFC 7396: members replace, objects merge, null removes. Every edit is one of these. */
export type MergePatch = JsonObject;

export type Point = { x: number; y: number };
export type Size = { width: number; height: number };
export type Rect = Point & Size;

export type Component = {
  type: string;
  label?: string;
  /** Id of the container it sits in; absent on the open canvas. */
  parent?: string;
  properties?: JsonObject;
  /** What is assumed about its use, where that differs from the design's settings. */
  usage?: JsonObject;
  /** Measured from the top left corner of the parent. */
  position?: Point;
  /** Only containers keep a size. */
  size?: Size;
};

export type Link = {
  source: string;
  target: string;
  kind: string;
  label?: string;
  style?: "solid" | "dashed";
  properties?: JsonObject;
};

/** A numbered remark about some components. */
export type Callout = { text: string; components?: string[] };

export type DesignDocument = {
  format: number;
  settings?: JsonObject;
  components: Record<string, Component>;
  links: Record<string, Link>;
  /** By number, 1 to 999. */
  callouts?: Record<string, Callout>;
};

/** JSON Schema of one property, as the catalogue writes it. */
export type PropertySchema = {
  type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  title?: string;
  description?: string;
  default?: Json;
  enum?: Json[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  items?: PropertySchema;
  properties?: Record<string, PropertySchema>;
  required?: string[];
  minItems?: number;
  maxItems?: number;
  "x-unit"?: string;
  /** What the values of `enum` are called, where their own spelling says too little. */
  "x-titles"?: Record<string, string>;
  /** A sentence for when the pattern fails. */
  "x-hint"?: string;
  /** The text is the id of a component of one of these types. */
  "x-refers-to"?: string[];
};

/** One entry of the catalogue: one version of a component type. */
export type ComponentType = {
  key: string;
  /** How a document names this version: `rack_probe`, `rack_probe@2`. */
  reference: string;
  /** The shipped type that an operator's own type behaves as; else its own key. */
  archetype: string;
  /** Old designs are drawn with it; it is offered no more. */
  retired: boolean;
  label: string;
  /** What sentences call it: `a load balancer`, `the internet`. */
  noun: string;
  labels: { generic?: string; rackspace?: string; openstack?: string; outscale?: string };
  category: string;
  icon: string;
  family: string;
  summary: string;
  container: boolean;
  /** Keys of the types it may sit in; "canvas" is the open drawing surface. */
  parents: string[];
  properties: Record<string, PropertySchema>;
  /** Link kind -> the types that this one may reach by it. */
  links: Record<string, string[]>;
  /** What a link to this type gets when it says nothing else. */
  accepts: { protocol?: string; port?: number | string } | null;
  /** The kinds of resources that it compiles into. */
  makes: string[];
  /** What it is charged by, as short phrases. */
  billed: string[];
  version: number;
};

export type Naming = keyof ComponentType["labels"];

/** The component types by reference: old versions too, because old designs are drawn with them. */
export type Catalogue = ReadonlyMap<string, ComponentType>;

/** In a type's `parents`: it may sit in no container. */
export const CANVAS = "canvas";

export const emptyDocument: DesignDocument = { format: 1, components: {}, links: {} };

export function catalogueOf(types: readonly ComponentType[]): Catalogue {
  return new Map(types.map((type) => [type.reference, type]));
}

const newest = new WeakMap<Catalogue, ComponentType[]>();

/** What new components are made of: of each type the latest version that is not retired, in the catalogue's order. */
export function newestTypes(catalogue: Catalogue): ComponentType[] {
  let types = newest.get(catalogue);
  if (!types) {
    const byKey = new Map<string, ComponentType>();
    for (const type of catalogue.values()) {
      if (!type.retired && type.version >= (byKey.get(type.key)?.version ?? 0)) byKey.set(type.key, type);
    }
    types = [...byKey.values()];
    newest.set(catalogue, types);
  }
  return types;
}
