import { describe, expect, it } from "vitest";

import { type Hours, hoursOf, hoursProblem, scheduleFrom } from "./hours";

const office: Hours = { start: "08:00", stop: "18:00", days: ["mon", "tue", "wed", "thu", "fri"], zone: "Europe/Berlin", daysOff: [] };

describe("off-hours", () => {
  it("are said as from when to when, and kept as hours a day", () => {
    const said = scheduleFrom({ ...office, stop: "17:30", daysOff: ["2026-12-24"] });

    expect(said).toMatchObject({ starts_at: "08:00", hours_per_day: 9.5, time_zone: "Europe/Berlin", days_off: ["2026-12-24"] });
    expect(hoursOf(said, "UTC")).toEqual({ ...office, stop: "17:30", daysOff: ["2026-12-24"] });
  });

  it("may pass midnight, and may be whole days", () => {
    expect(scheduleFrom({ ...office, start: "22:00", stop: "06:00" }).hours_per_day).toBe(8);
    expect(scheduleFrom({ ...office, start: "00:00", stop: "00:00" }).hours_per_day).toBe(24);
  });

  it("begin with an office's when none are said, by the clock of whoever looks", () => {
    expect(hoursOf({}, "Asia/Tokyo")).toEqual({ ...office, zone: "Asia/Tokyo" });
  });

  it("say what is still wrong with them", () => {
    const allDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    expect(hoursProblem(office)).toBeNull();
    expect(hoursProblem({ ...office, days: [] })).toBe("Choose one day at least.");
    expect(hoursProblem({ ...office, stop: "08:00", days: allDays })).toMatch(/never stop/);
    expect(hoursProblem({ ...office, daysOff: ["Christmas"] })).toMatch(/^Christmas is no day/);
  });
});
