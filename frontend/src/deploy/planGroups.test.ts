import { describe, expect, it } from "vitest";

import { aPlan, aPlanStep } from "./builders";
import {
  changeBesidesResources,
  planGroups,
  planHeadline,
  shortFingerprint,
  whyNotApply,
} from "./planGroups";

const NOW = Date.parse("2026-11-20T14:00:00Z");

describe("a plan", () => {
  it("is read by action, with replacements first and untouched resources left out", () => {
    const groups = planGroups([
      aPlanStep("web/server[1]", "create", "108.04"),
      aPlanStep("web/port[1]", "create"),
      aPlanStep("db/server", "replace", "177.40"),
      aPlanStep("lan/network", "nothing"),
    ]);

    expect(groups.map((group) => [group.title, group.steps.length, group.monthlyChange])).toEqual([
      ["Replace", 1, "177.40"],
      ["Create", 2, "108.04"],
    ]);
  });

  it("adds up: what is not a resource's is told apart", () => {
    const plan = aPlan({
      cost: { now: "0.00", change: "390.35", after: "390.35", unpriced: 0 },
      steps: [aPlanStep("web/server[0]", "create", "108.04"), aPlanStep("lb/load_balancer", "create", "36.50")],
    });

    expect(changeBesidesResources(plan)).toBe("245.81");
  });

  it("says in its headline what will happen", () => {
    expect(planHeadline(aPlan())).toBe("2 changes");
    expect(planHeadline(aPlan({ counts: { create: 11, update: 0, replace: 1, delete: 0, nothing: 3 } }))).toBe(
      "12 changes, 1 replaces a resource",
    );
    expect(planHeadline(aPlan({ counts: { create: 0, update: 0, replace: 0, delete: 0, nothing: 3 } }))).toBe(
      "The cloud already matches the design",
    );
    expect(
      planHeadline(aPlan({ intent: "destroy", counts: { create: 0, update: 0, replace: 0, delete: 1, nothing: 0 } })),
    ).toBe("1 resource goes");
  });

  it("can be applied while it is ready and in time", () => {
    expect(whyNotApply(aPlan(), NOW)).toBeNull();
  });

  it("names the preflight checks that stop it", () => {
    const plan = aPlan({
      can_apply: false,
      preflight: [
        {
          check: "quota",
          status: "failed",
          summary: "The quota is too small.",
          detail: "Servers: 4 needed, 2 of 20 free.",
          region: "",
          to_confirm: false,
        },
      ],
    });

    expect(whyNotApply(plan, NOW)).toBe("Preflight failed: The quota is too small.");
  });

  it("runs out while it is looked at", () => {
    expect(whyNotApply(aPlan(), Date.parse("2026-11-20T14:30:00Z"))).toBe("This plan is too old. Make a new one.");
  });


  it("shortens its fingerprint to something that eyes can compare", () => {
    expect(shortFingerprint("9f2c41ab77")).toBe("9f2c 41ab");
  });
});
