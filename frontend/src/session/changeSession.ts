import type { QueryClient } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import type { Session } from "@/api/types";

/** Somebody came or went: nothing that was read for the one before may stay. */
export function changeSession(queryClient: QueryClient, session: Session): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
  queryClient.setQueryData(keys.session, session);
}
