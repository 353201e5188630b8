import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ImportReport } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { ImportScreen } from "./ImportScreen";

const DOOR = "POST /api/price-books/imports/";
const list = new File(["sku,price\n"], "own.csv", { type: "text/csv" });

const aReport = (changes: Partial<ImportReport> = {}): ImportReport => ({
  file: "own.csv",
  kind: "collected",
  dry_run: true,
  books: [{ key: "own", title: "Own prices", currency: "EUR", version: 2, before: 1, price_count: 3, unchanged: 1, reworded: 0, draft: null }],
  added: [],
  changed: [{ book: "own", sku: "s1", before: "0.05 per hour", after: "0.06 per hour", fields: ["price"] }],
  removed: [],
  terms: [],
  errors: [],
  left_out: [],
  ...changes,
});

async function tryFile(answer: unknown) {
  const shown = showScreen(<ImportScreen />, { [DOOR]: answer }, "/price-imports");
  await shown.user.upload(shown.container.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement, list);
  await shown.user.click(screen.getByRole("button", { name: "Try it, keep nothing" }));
  return shown;
}

describe("importing prices", () => {
  it("shows before anything is kept what would change", async () => {
    const { asked } = await tryFile(aReport());

    const report = await screen.findByRole("region", { name: "Report" });
    expect(within(report).getByText("0.05 per hour")).toBeVisible();
    expect(within(report).getByText("0.06 per hour")).toBeVisible();
    expect(screen.getByRole("button", { name: "Keep as a draft" })).toBeEnabled();
    expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("names the row and the reason of what is wrong, and keeps nothing", async () => {
    await tryFile(aReport({ books: [], changed: [], errors: [{ row: 7, column: "price", reason: "-1 is negative.", at: "line 7.price" }] }));

    expect(await screen.findByText("1 thing is wrong in own.csv. Nothing was kept.")).toBeVisible();
    expect(screen.getByRole("row", { name: "7 price -1 is negative." })).toBeVisible();
    expect(screen.queryByRole("button", { name: /Keep/ })).toBeNull();
  });

  it("says why somebody may not import", async () => {
    await tryFile(json(403, { code: "reviewers_only", detail: "Staff members bring prices in. Ask one of them." }));

    expect(await screen.findByRole("alert")).toHaveTextContent("Staff members bring prices in.");
  });
});
