import { WEEKDAYS } from "@/estimate/assumptions";
import type { Json, JsonObject } from "@/document/types";

/** A schedule as a person says it: from when to when, on which days, by whose clock. */
export type Hours = { start: string; stop: string; days: string[]; zone: string; daysOff: string[] };

export const EVERY_HOUR = 24;
const MINUTES_A_DAY = 1440;

export function hoursOf(schedule: JsonObject, zone: string): Hours {
  const start = typeof schedule.starts_at === "string" ? schedule.starts_at : "";
  const length = typeof schedule.hours_per_day === "number" ? schedule.hours_per_day : EVERY_HOUR;
  return {
    start: start || "08:00",
    stop: start ? clockText(minutesOf(start) + length * 60) : "18:00",
    days: textsOf(schedule.weekdays) ?? (start ? [...WEEKDAYS] : WEEKDAYS.slice(0, 5)),
    zone: typeof schedule.time_zone === "string" ? schedule.time_zone : start ? "UTC" : zone,
    daysOff: textsOf(schedule.days_off) ?? [],
  };
}

/** What the design says then. Nulls take out what was said before. */
export function scheduleFrom({ start, stop, days, zone, daysOff }: Hours): JsonObject {
  const minutes = (minutesOf(stop) - minutesOf(start) + MINUTES_A_DAY) % MINUTES_A_DAY || MINUTES_A_DAY;
  return {
    starts_at: start,
    hours_per_day: Math.round((minutes / 60) * 100) / 100,
    weekdays: days.length === WEEKDAYS.length ? null : WEEKDAYS.filter((day) => days.includes(day)),
    time_zone: zone,
    days_off: daysOff.length > 0 ? daysOff : null,
  };
}

/** What is still wrong with it, in one sentence. */
export function hoursProblem({ start, stop, days, zone, daysOff }: Hours): string | null {
  if (!start || !stop) return "Say when servers start and when they stop.";
  if (days.length === 0) return "Choose one day at least.";
  if (start === stop && days.length === WEEKDAYS.length) return "Servers that run all day on every day never stop.";
  if (!zone) return "Say whose clock it is.";
  const wrong = daysOff.find((day) => !/^\d{4}-\d{2}-\d{2}$/.test(day));
  return wrong === undefined ? null : `${wrong} is no day. Write it as 2026-12-24.`;
}

export const zonesOfTheWorld = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone")];
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

function clockText(minutes: number): string {
  const inDay = Math.round(minutes) % MINUTES_A_DAY;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

const textsOf = (value: Json | undefined): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined);
