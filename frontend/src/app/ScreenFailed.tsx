import { Button } from "@mantine/core";
import { Link, useRouteError } from "react-router";

import { errorSentence } from "@/api/client";
import { EmptyState } from "@/ui/EmptyState";

/** What stays when a screen breaks: never a blank page. */
export function ScreenFailed() {
  const error = useRouteError();
  return (
    <main style={{ display: "flex", height: "100vh" }}>
      <EmptyState
        level={1}
        title="This screen stopped working"
        actions={
          <>
            <Button onClick={() => window.location.reload()}>Load it again</Button>
            <Button component="a" href="/designs">
              Go to designs
            </Button>
          </>
        }
      >
        <p>Everything that was saved is kept. The browser said: {errorSentence(error)}</p>
      </EmptyState>
    </main>
  );
}

export function NotFoundScreen() {
  return (
    <main style={{ display: "flex", height: "100vh" }}>
      <EmptyState
        level={1}
        title="Nothing lives at this address"
        actions={
          <Button component={Link} to="/designs">
            Go to designs
          </Button>
        }
      >
        <p>The design may have been deleted, or it belongs to somebody else.</p>
      </EmptyState>
    </main>
  );
}
