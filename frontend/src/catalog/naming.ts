import { type Catalogue, catalogueOf, type ComponentType, type Naming } from "@/document/types";

export const NAMINGS: readonly { value: Naming; label: string }[] = [
  { value: "generic", label: "Generic" },
  { value: "rackspace", label: "Rackspace" },
  { value: "openstack", label: "OpenStack" },
  { value: "outscale", label: "Outscale" },
];

/** What a type is called by one provider. Where it has no word for it, ours stands in. */
export function typeName(type: Pick<ComponentType, "label" | "labels">, naming: Naming): string {
  return ownWord(type, naming) ?? type.label;
}

/** The provider's own word; undefined where it has none, which the catalogue writes as a remark such as `(implicit)`. */
export function ownWord(type: Pick<ComponentType, "labels">, naming: Naming): string | undefined {
  const word = type.labels[naming]?.trim();
  return word && !/^\(.*\)$/.test(word) ? word : undefined;
}

const named = new WeakMap<readonly ComponentType[], Map<Naming, Catalogue>>();

/**
 * The catalogue with every label in one provider's words. Whatever shows a type or a component without a name of its
 * own reads `label`, so all places change together. The same list gives the same catalogue again.
 */
export function catalogueIn(naming: Naming, types: readonly ComponentType[]): Catalogue {
  const known = named.get(types) ?? new Map<Naming, Catalogue>();
  named.set(types, known);
  let catalogue = known.get(naming);
  if (!catalogue) {
    catalogue = catalogueOf(types.map((type) => ({ ...type, label: typeName(type, naming) })));
    known.set(naming, catalogue);
  }
  return catalogue;
}
