import { describe, expect, it } from "vitest";

import type { Action, Plan, PlanStep } from "@/api/types";

import { changeBesidesResources, planGroups, planHeadline, quotaNeeds, shortFingerprint, whyNotApply } from "./planGroups";

const NOW = Date.parse("2026-11-20T14:00:00Z");

const aStep = (key: string, action: Action, change: string | null = null): PlanStep => ({
  key,
  kind: key.replace(/^.*\//, "").replace(/\[.*$/, ""),
  component: key.replace(/\/.*$/, ""),
  label: key,
  action,
  reason: "not deployed yet",
  note: "",
  monthly_change: change,
});

const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  id: "p",
  design: "d",
  design_name: "Web shop",
  revision: 1,
  cloud: "c",
  cloud_name: "Practice cloud",
  intent: "deploy",
  status: "ready",
  expires_at: "2026-11-20T14:30:00Z",
  fingerprint: "9f2c41ab00",
  price_book: "rackspace-public-cloud",
  currency: "USD",
  cost: { now: "0", change: "10", after: "10" },
  counts: { create: 2, update: 0, replace: 0, delete: 0, nothing: 0 },
  steps: [],
  by_hand: [],
  preflight: [],
  can_apply: true,
  ...changes,
});

describe("a plan", () => {
  it("is read by action, with replacements first and untouched resources left out", () => {
    const groups = planGroups([
      aStep("web/server[1]", "create", "108.04"),
      aStep("web/port[1]", "create"),
      aStep("db/server", "replace", "177.40"),
      aStep("lan/network", "nothing"),
    ]);

    expect(groups.map((group) => [group.title, group.steps.length, group.monthlyChange])).toEqual([
      ["Replace", 1, "177.40"],
      ["Create", 2, "108.04"],
    ]);
  });

  it("adds up: what is not a resource's is told apart", () => {
    const plan = aPlan({
      cost: { now: "0.00", change: "390.35", after: "390.35" },
      steps: [aStep("web/server[0]", "create", "108.04"), aStep("lb/load_balancer", "create", "36.50")],
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
    expect(planHeadline(aPlan({ intent: "destroy", counts: { create: 0, update: 0, replace: 0, delete: 1, nothing: 0 } }))).toBe(
      "1 resource goes",
    );
  });

  it("can be applied while it is ready and in time", () => {
    expect(whyNotApply(aPlan(), NOW)).toBeNull();
  });

  it("names the preflight checks that stop it", () => {
    const plan = aPlan({
      can_apply: false,
      preflight: [{ check: "quota", status: "failed", summary: "The quota is too small.", detail: "instances: 4 needed, 2 of 20 free." }],
    });

    expect(whyNotApply(plan, NOW)).toBe("Preflight failed: The quota is too small.");
  });

  it("runs out while it is looked at", () => {
    expect(whyNotApply(aPlan(), Date.parse("2026-11-20T14:30:00Z"))).toBe("This plan is too old. Make a new one.");
  });

  it("shows what it adds to the quotas that have a limit", () => {
    const steps = [aStep("web/server[0]", "create"), aStep("web/server[1]", "create"), aStep("web/port[0]", "create")];

    expect(quotaNeeds(steps, { instances: { limit: 20, used: 11 }, ports: { limit: -1, used: 4 } })).toEqual([
      { label: "Servers", used: 11, added: 2, limit: 20 },
    ]);
  });

  it("shortens its fingerprint to something that eyes can compare", () => {
    expect(shortFingerprint("9f2c41ab77")).toBe("9f2c 41ab");
  });
});
