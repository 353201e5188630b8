import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ProposalRow } from "@/api/types";
import { showScreen } from "@/test/screen";

import { ProposalsScreen } from "./ProposalsScreen";
import { stateOf } from "./states";

const aRow = (change: Partial<ProposalRow> = {}): ProposalRow => ({
  id: "p1",
  number: "P-0001",
  title: "Web shop",
  customer_name: "Harbour & Pine",
  designs: ["d1"],
  version: 1,
  option: "A",
  monthly: "1782.73",
  currency: "USD",
  valid_until: "2099-01-01",
  is_shared: false,
  is_accepted: false,
  updated_at: "2026-11-29T10:00:00Z",
  ...change,
});

const show = (rows: ProposalRow[]) => showScreen(<ProposalsScreen />, { "GET /api/proposals/": rows }, "/proposals");

describe("the list of all proposals", () => {
  it("tells what each comes to, and of a draft that it has no figure yet", async () => {
    show([aRow(), aRow({ id: "p2", title: "Clinic", version: 0, monthly: "", currency: "", option: "" })]);

    const shop = await screen.findByRole("row", { name: /Web shop/ });
    expect(within(shop).getByText("$1,782.73")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Clinic/ })).getByText("Not frozen yet")).toBeVisible();
    expect(screen.queryByText("$0.00")).not.toBeInTheDocument();
  });

  it("finds by customer and shows only one state when asked", async () => {
    const { user } = show([
      aRow({ is_shared: true }),
      aRow({ id: "p2", title: "Clinic", customer_name: "Ward 3", is_accepted: true }),
    ]);
    await user.click(await screen.findByRole("radio", { name: "Accepted" }));
    expect(screen.queryByText("Web shop")).not.toBeInTheDocument();
    expect(screen.getByText("Clinic")).toBeVisible();

    await user.type(screen.getByRole("searchbox"), "harbour");
    expect(screen.getByText("No proposal here says harbour.")).toBeVisible();
  });

  it("says how to begin where there is none", async () => {
    show([]);

    expect(await screen.findByRole("link", { name: "Choose a design" })).toHaveAttribute("href", "/designs");
  });

  it.each([
    [aRow({ version: 0 }), "draft"],
    [aRow(), "frozen"],
    [aRow({ is_shared: true }), "sent"],
    [aRow({ is_shared: true, valid_until: "2026-11-28" }), "expired"],
    [aRow({ is_shared: true, valid_until: "2026-11-29" }), "sent"],
    [aRow({ is_accepted: true, valid_until: "2026-11-28" }), "accepted"],
  ])("knows where a proposal stands", (row, state) => {
    expect(stateOf(row, new Date(2026, 10, 29, 12))).toBe(state);
  });
});
