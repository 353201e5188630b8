import { describe, expect, it } from "vitest";

import { aStep } from "./builders";
import { doneWord, elapsedSeconds, progressOf, statusWords, stepWords } from "./progress";

const NOW = Date.parse("2026-11-20T14:00:00Z");

describe("a deployment's progress", () => {
  it("counts each step at one stage", () => {
    const steps = (["succeeded", "succeeded", "running", "retrying", "ready", "skipped", "failed"] as const).map(
      (status) => aStep(status),
    );

    expect(progressOf(steps)).toEqual({ active: 2, working: 1, retrying: 1, failed: 1, waiting: 2 });
  });

  it("says when a refused step is tried again", () => {
    expect(stepWords(aStep("retrying", { next_try_at: "2026-11-20T14:00:08Z" }), NOW)).toBe("Try 2 in 8 s");
    expect(stepWords(aStep("retrying", { next_try_at: "2026-11-20T13:59:59Z" }), NOW)).toBe("Try 2 now");
    const waiting = aStep("retrying", { attempt: 0, next_try_at: "2026-11-20T14:00:01Z" });
    expect(stepWords(waiting, NOW)).toBe("Next try in 1 s");
  });

  it("tells a removed resource from a made one", () => {
    expect(stepWords(aStep("succeeded"), NOW)).toBe("Done");
    expect(stepWords(aStep("succeeded", { action: "delete" }), NOW)).toBe("Gone");
  });

  it("calls what is finished by what it did", () => {
    const made = aStep("succeeded");
    const gone = aStep("succeeded", { action: "delete" });
    expect([[made], [gone, gone], [made, gone]].map(doneWord)).toEqual(["active", "gone", "done"]);
  });

  it("calls the end of a destroy destroyed, not deployed", () => {
    const started_at = "2026-11-20T13:58:00Z";
    expect(statusWords({ status: "succeeded", intent: "destroy", started_at }).label).toBe("Destroyed");
    expect(statusWords({ status: "succeeded", intent: "deploy", started_at }).label).toBe("Deployed");
  });

  it("tells one whose plan no longer fitted from one that failed", () => {
    const started_at = "2026-11-20T13:58:00Z";
    expect(statusWords({ status: "failed", intent: "deploy", started_at: null }).label).toBe("Did not begin");
    expect(statusWords({ status: "failed", intent: "deploy", started_at }).label).toBe("Failed");
  });

  it("stops its clock when it is over", () => {
    expect(elapsedSeconds({ started_at: "2026-11-20T13:58:00Z", finished_at: null }, NOW)).toBe(120);
    expect(elapsedSeconds({ started_at: "2026-11-20T13:00:00Z", finished_at: "2026-11-20T13:01:00Z" }, NOW)).toBe(60);
  });
});
