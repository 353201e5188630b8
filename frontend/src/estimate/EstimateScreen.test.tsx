import { act, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { emptyDocument } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { showScreen } from "@/test/screen";

import { aLine, anEstimate } from "./builders";
import { EstimateScreen } from "./EstimateScreen";

const ASKED = "GET /api/designs/d1/estimate/?price_book=book";
const AT = "/designs/d1/estimate";
const others = { "GET /api/customers/": [], "GET /api/designs/d1/suggestions/": [], "GET /api/currency-rates/": [] };

beforeEach(() => {
  useDesignStore.getState().open({ id: "d1", name: "Web shop", price_book: "book", document: emptyDocument, version: 3 });
});

describe("the estimate", () => {
  it("opens a component to lines that explain themselves", async () => {
    const { user } = showScreen(<EstimateScreen />, { ...others, [ASKED]: anEstimate() }, AT);

    await user.click(await screen.findByRole("button", { name: /^web/ }));

    expect(screen.getByText(/730 h × \$0\.128 = \$93\.44/)).toBeVisible();
    expect(screen.getByText("general1-4:linux:raw")).toBeVisible();
    expect(screen.getByRole("link", { name: /Source/ })).toHaveAttribute("href", "https://provider.example/prices");
    expect(screen.getByText(/the provider’s own words/)).toBeVisible();
  });

  it("shows what has no price as such, and says how much of the total is known", async () => {
    const open = aLine({ key: "m/external", component: "m", sku: null, unit_price: null, monthly: null, source: null, match: null });
    const estimate = anEstimate([aLine(), open], { coverage: "0.5" });
    showScreen(<EstimateScreen />, { ...others, [ASKED]: { ...estimate, components: { ...estimate.components, m: { monthly: null, unpriced: 1 } } } }, AT);

    const lines = await screen.findByRole("region", { name: "Lines of the estimate" });
    expect(within(lines).getByText("No price in this book")).toBeVisible();
    expect(screen.getByText("50% priced")).toBeVisible();
    expect(screen.getByText("1 of 2 lines have no price in this book")).toBeVisible();
  });

  it("says where one third party is all that stands behind an amount", async () => {
    showScreen(<EstimateScreen />, { ...others, [ASKED]: anEstimate([aLine()], { doubt: { kind: "secondary", lines: 1, of: 1 } }) }, AT);

    expect(await screen.findByText("1 line rests on one third party. Read the source before quoting.")).toBeVisible();
  });

  it("asks what another use would cost without changing the design", async () => {
    const high = anEstimate([aLine({ monthly: "120.00" })], { profile: "high" });
    const { user, asked } = showScreen(<EstimateScreen />, { ...others, [ASKED]: anEstimate(), [`${ASKED}&profile=high`]: high }, AT);

    await user.click(await screen.findByRole("radio", { name: "High" }));

    expect(await screen.findByText("A month, high use")).toBeVisible();
    expect(screen.getByTestId("monthly-total")).toHaveTextContent("$120.00");
    expect(asked.every(({ method }) => method === "GET")).toBe(true);
  });

  it("shows mark-up and discounts between the book’s prices and the customer’s total", async () => {
    const estimate = anEstimate([aLine()], {
      customer: "Halden Outfitters",
      markup: { percent: "15", monthly: "14.02", one_time: "0.00" },
      totals: { hourly: "0.147", monthly: "107.46", yearly: "1289.52", one_time: "0.00" },
    });
    showScreen(<EstimateScreen />, { ...others, [ASKED]: estimate }, AT);

    expect(await screen.findByText(/How the total is made for Halden Outfitters/)).toBeVisible();
    expect(screen.getByText("+$14.02")).toBeVisible();
    expect(screen.getByText("Total by the book’s prices")).toBeVisible();
  });

  it("offers a file for the seller, and one for the customer that leaves out cost", async () => {
    const { user } = showScreen(<EstimateScreen />, { ...others, [ASKED]: anEstimate() }, AT);

    await user.click(await screen.findByRole("button", { name: "Export" }));

    expect(await screen.findByRole("menuitem", { name: "CSV" })).toHaveAttribute("href", "/api/designs/d1/estimate.csv?view=own");
    expect(screen.getByRole("menuitem", { name: "XLSX for the customer" })).toHaveAttribute("href", "/api/designs/d1/estimate.xlsx?view=customer");
  });

  it("warns when a month nearly takes the budget, and takes a new budget", async () => {
    const budget = { monthly: "100.00", currency: "USD", state: "near" as const, used_percent: "93.4", left: "6.56", warning: "93% of the budget of $100.00 is used; $6.56 a month is left." };
    const answers = { ...others, [ASKED]: anEstimate([aLine()], { budget }), "PATCH /api/designs/d1/": {} };
    const { user, asked } = showScreen(<EstimateScreen />, answers, AT);

    expect(await screen.findByText(/93% of the budget of \$100\.00 is used/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Change" }));
    const limit = await screen.findByLabelText("A month, at most");
    await user.clear(limit);
    await user.type(limit, "250");
    await user.click(screen.getByRole("button", { name: "Save budget" }));

    expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ budget_monthly: "250", budget_currency: "USD" });
  });

  it("assumes growth by an edit of the design", async () => {
    const answers = { ...others, [ASKED]: anEstimate(), "PATCH /api/designs/d1/document/": { version: 4 } };
    const { user } = showScreen(<EstimateScreen />, answers, AT);

    await user.click(await screen.findByRole("button", { name: "Assume growth" }));
    await user.type(await screen.findByLabelText("Growth a month"), "5{Enter}");

    expect(useDesignStore.getState().document.settings).toEqual({ growth_percent_month: 5 });
    act(() => useDesignStore.getState().undo());
    expect(useDesignStore.getState().document.settings ?? {}).toEqual({});
  });
});
