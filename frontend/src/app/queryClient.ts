import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/client";
import { keys } from "@/api/keys";

/** Answers are kept while fresh. Refusals are not asked again; silence is, twice. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: forgetSessionWhenSignedOut }),
    mutationCache: new MutationCache({ onError: forgetSessionWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => error instanceof ApiError && error.isOffline && failures < 2,
      },
    },
  });

  // The session ended on the server: every screen then shows the sign-in instead of a row of errors.
  function forgetSessionWhenSignedOut(error: Error): void {
    if (error instanceof ApiError && isSignedOut(error)) client.setQueryData(keys.session, { user: null });
  }

  return client;
}

function isSignedOut(error: ApiError): boolean {
  return error.status === 401 || error.code === "sign_in_needed";
}
