import { describe, expect, it } from "vitest";

import { applyMergePatch } from "@/document/mergePatch";
import { type DesignDocument, emptyDocument } from "@/document/types";

import { assume, assumptionsOf, scheduleOf } from "./assumptions";

const design: DesignDocument = {
  ...emptyDocument,
  settings: { growth_percent_month: 2 },
  components: { web: { type: "web_server", usage: { high_percent: 300 } } },
};

describe("assumptions", () => {
  it("are written for the whole design, or for one component", () => {
    expect(applyMergePatch(design, assume(design, undefined, "growth_percent_month", 5)).settings).toEqual({ growth_percent_month: 5 });
    expect(assumptionsOf(applyMergePatch(design, assume(design, "web", "low_percent", 40)), "web")).toEqual({ high_percent: 300, low_percent: 40 });
  });

  it("leave nothing behind when the last one of a component is taken back", () => {
    expect(applyMergePatch(design, assume(design, "web", "high_percent", null)).components.web).toEqual({ type: "web_server" });
  });

  it("take a schedule of all days and all hours as none", () => {
    expect(scheduleOf(null, [])).toBeNull();
    expect(scheduleOf(null, ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])).toBeNull();
    expect(scheduleOf(10, ["fri", "mon"])).toEqual({ hours_per_day: 10, weekdays: ["mon", "fri"] });
    expect(scheduleOf(10, [])).toEqual({ hours_per_day: 10, weekdays: null });
  });
});
