import { useQuery } from "@tanstack/react-query";

import { listComponentTypes, listPriceBooks, listTemplates } from "@/api/catalog";
import { keys } from "@/api/keys";
import { useSessionStore } from "@/stores/sessionStore";

import { catalogueIn } from "./naming";

// What is shipped changes only with the server, so one answer serves the whole visit.
const SHIPPED = { staleTime: Infinity } as const;

/** Component types by reference, called what the person wants to hear. */
export function useComponentTypes() {
  const naming = useSessionStore((state) => state.naming);
  const { data, isError, error, refetch } = useQuery({ ...SHIPPED, queryKey: keys.component_types, queryFn: listComponentTypes });
  return { data: data && catalogueIn(naming, data), isError, error, refetch };
}

export const useTemplates = () => useQuery({ ...SHIPPED, queryKey: keys.templates, queryFn: listTemplates });
export const usePriceBooks = () => useQuery({ ...SHIPPED, queryKey: keys.price_books, queryFn: listPriceBooks });
