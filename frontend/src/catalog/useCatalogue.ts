import { useQuery } from "@tanstack/react-query";

import { listComponentTypes, listPriceBooks, listTemplates } from "@/api/catalog";
import { keys } from "@/api/keys";
import type { ComponentType } from "@/api/types";

// What is shipped changes only with the server, so one answer serves the whole visit.
const SHIPPED = { staleTime: Infinity } as const;

/** Component types in the catalogue's order. */
export const useComponentTypeList = () =>
  useQuery({ ...SHIPPED, queryKey: keys.component_types, queryFn: listComponentTypes });

/** Component types by key. */
export const useComponentTypes = () =>
  useQuery({ ...SHIPPED, queryKey: keys.component_types, queryFn: listComponentTypes, select: byKey });

export const useTemplates = () => useQuery({ ...SHIPPED, queryKey: keys.templates, queryFn: listTemplates });
export const usePriceBooks = () => useQuery({ ...SHIPPED, queryKey: keys.price_books, queryFn: listPriceBooks });

function byKey(types: ComponentType[]): ReadonlyMap<string, ComponentType> {
  return new Map(types.map((type) => [type.key, type]));
}
