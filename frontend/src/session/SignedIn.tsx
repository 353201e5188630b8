import { Navigate, Outlet, useLocation } from "react-router";

import { errorSentence } from "@/api/client";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { useSession } from "./useSession";

/** Everything behind the sign-in. Remembers where someone wanted to go. */
export function SignedIn() {
  const session = useSession();
  const location = useLocation();
  if (session.isPending) return null;
  if (session.isError) {
    return (
      <main style={{ maxWidth: 480, margin: "20vh auto", padding: 24 }}>
        <ErrorNotice title={errorSentence(session.error)} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data.user) {
    const wanted = location.pathname + location.search;
    return <Navigate to={wanted === "/designs" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`} replace />;
  }
  return <Outlet />;
}
