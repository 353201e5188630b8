import { describe, expect, it } from "vitest";

import type { ComparedBook } from "@/api/types";

import { comparableFactor, comparedComponents, sortedColumns } from "./bookColumns";

const column = (key: string, monthly: string, rank: number | null, unpriced = 0, comparable: string | null = monthly) =>
  ({
    book: { key },
    totals: { monthly },
    rank,
    unpriced,
    comparable: comparable === null ? null : { monthly: comparable, currency: "USD", rate: null },
    rows: [
      { component: "", label: "For the account as a whole" },
      { component: key, label: key },
    ],
  }) as unknown as ComparedBook;

describe("books side by side", () => {
  const whole = column("whole", "900", 2);
  const cheap = column("cheap", "500", 1);
  const gaps = column("gaps", "100", null, 3);
  const foreign = column("foreign", "80", null, 0, null);

  it("never call a book cheapest because prices are missing", () => {
    expect(sortedColumns([gaps, whole, cheap], "cheapest").map(({ book }) => book.key)).toEqual(["cheap", "whole", "gaps"]);
  });

  it("stand as asked, or by what they price", () => {
    expect(sortedColumns([gaps, whole, cheap], "asked")[0]).toBe(gaps);
    expect(sortedColumns([gaps, whole, cheap], "coverage").map(({ book }) => book.key)).toEqual(["cheap", "whole", "gaps"]);
  });

  it("have no common measure without a rate", () => {
    expect(comparableFactor(foreign)).toBeNull();
    expect(comparableFactor(column("net", "119", 1, 0, "100"))).toBeCloseTo(100 / 119);
  });

  it("list what belongs to no component last", () => {
    expect(comparedComponents([whole, cheap]).map(({ id }) => id)).toEqual(["whole", "cheap", ""]);
  });
});
