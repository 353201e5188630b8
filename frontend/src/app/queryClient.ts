import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/client";
import { keys } from "@/api/keys";

/** Answers are kept while fresh. Refusals are not asked again; silence is, twice. */
export function create_query_client(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: forget_session_when_signed_out }),
    mutationCache: new MutationCache({ onError: forget_session_when_signed_out }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => error instanceof ApiError && error.is_offline && failures < 2,
      },
    },
  });

  // The session ended on the server: every screen then shows the sign-in instead of a row of errors.
  function forget_session_when_signed_out(error: Error): void {
    if (error instanceof ApiError && is_signed_out(error)) client.setQueryData(keys.session, { user: null });
  }

  return client;
}

function is_signed_out(error: ApiError): boolean {
  return error.status === 401 || error.code === "not_authenticated";
}
