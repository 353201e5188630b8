import { describe, expect, it } from "vitest";

import { standingNow } from "./deployHistory";

const known = (id: string, cloud: string, intent: "deploy" | "destroy", status: "succeeded" | "failed" = "succeeded") => ({
  id,
  cloud,
  intent,
  status,
  started_at: "2026-11-20T13:58:00Z" as string | null,
  rolled_back: false,
});

describe("what stands now", () => {
  it("is the newest deployment in each cloud", () => {
    const newestFirst = [known("c", "one", "deploy"), known("b", "two", "deploy"), known("a", "one", "deploy")];

    expect([...standingNow(newestFirst)]).toEqual(["c", "b"]);
  });

  it("is nothing where the newest failed or destroyed", () => {
    const newestFirst = [known("b", "one", "destroy"), known("a", "one", "deploy"), known("f", "two", "deploy", "failed")];

    expect(standingNow(newestFirst).size).toBe(0);
  });

  it("is not changed by one that never began, nor by one that was taken back", () => {
    const refused = { ...known("c", "one", "deploy", "failed"), started_at: null };
    const takenBack = { ...known("b", "one", "deploy", "failed"), rolled_back: true };

    expect([...standingNow([refused, takenBack, known("a", "one", "deploy")])]).toEqual(["a"]);
  });
});
