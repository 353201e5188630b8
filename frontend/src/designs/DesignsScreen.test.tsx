import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { DesignSummary } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { DesignsScreen } from "./DesignsScreen";

const aDesign = (changes: Partial<DesignSummary> = {}): DesignSummary => ({
  id: "d1",
  name: "Web shop",
  template: "rax-basic",
  template_form: "published",
  variant_of: null,
  label: "",
  budget: null,
  price_book: "rackspace-public-cloud",
  version: 3,
  updated_at: "2026-11-20T13:00:00Z",
  updated_by: "mara",
  component_count: 13,
  monthly: { price_book: "rackspace-public-cloud", currency: "USD", amount: "484.64", coverage: "0.91" },
  deployment: null,
  drift: null,
  ...changes,
});

const deployed = { id: "run1", intent: "deploy" as const, status: "succeeded" as const, cloud: "Practice cloud" };

describe("the list of designs", () => {
  it("shows money, coverage and where each design lives", async () => {
    showScreen(<DesignsScreen />, { "GET /api/designs/": [aDesign({ deployment: deployed })] });

    const row = (await screen.findByRole("link", { name: "Web shop" })).closest("tr") as HTMLElement;
    expect(within(row).getByText("$484.64")).toBeVisible();
    expect(within(row).getByText("91% priced")).toBeVisible();
    expect(within(row).getByText("Deployed")).toBeVisible();
    expect(within(row).getByText("Practice cloud")).toBeVisible();
  });

  it("warns where a budget is nearly used or passed", async () => {
    const budget = { monthly: "500.00", currency: "USD", state: "near" as const, used_percent: "96.9", left: "15.36", warning: "96% of the budget of $500.00 is used." };
    showScreen(<DesignsScreen />, {
      "GET /api/designs/": [
        aDesign({ budget }),
        aDesign({ id: "d2", name: "Dear shop", budget: { ...budget, state: "over" } }),
        aDesign({ id: "d3", name: "Calm shop", budget: { ...budget, state: "within" } }),
      ],
    });

    const rowOf = async (name: string) => (await screen.findByRole("link", { name })).closest("tr") as HTMLElement;
    expect(within(await rowOf("Web shop")).getByText("96% of the budget")).toBeVisible();
    expect(within(await rowOf("Dear shop")).getByText("Above the budget")).toBeVisible();
    expect(within(await rowOf("Calm shop")).queryByText(/budget/)).toBeNull();
  });

  it("never shows a missing price as zero", async () => {
    const monthly = { price_book: "outscale", currency: "EUR", amount: null, coverage: "0" };
    showScreen(<DesignsScreen />, { "GET /api/designs/": [aDesign({ monthly })] });

    expect(await screen.findByText("No price")).toBeVisible();
    expect(screen.queryByText(/0\.00/)).toBeNull();
  });

  it("offers two ways to begin when there is none", async () => {
    showScreen(<DesignsScreen />, {
      "GET /api/designs/": [],
      "GET /api/templates/": [],
      "GET /api/component-types/?all_versions=1": [],
    });

    expect(await screen.findByRole("heading", { name: "Draw your first architecture" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Choose a template" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Start drawing" })).toBeVisible();
  });

  it("deletes at once and only tells the server when nobody undoes it", async () => {
    const { user, asked } = showScreen(<DesignsScreen />, {
      "GET /api/designs/": [aDesign(), aDesign({ id: "d2", name: "Blog" })],
      "DELETE /api/designs/d1/": json(204, null),
    });
    const deletes = () => asked.filter(({ method }) => method === "DELETE").map(({ path }) => path);

    await user.click(await screen.findByRole("button", { name: "More for Web shop" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(screen.queryByRole("link", { name: "Web shop" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("link", { name: "Web shop" })).toBeVisible();
    expect(deletes()).toEqual([]);

    await user.click(screen.getByRole("button", { name: "More for Web shop" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(deletes()).toEqual(["/api/designs/d1/"]));
  });

  it("does not delete what still runs in a cloud", async () => {
    const { user, asked } = showScreen(<DesignsScreen />, { "GET /api/designs/": [aDesign({ deployment: deployed })] });

    await user.click(await screen.findByRole("button", { name: "More for Web shop" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));

    expect(await screen.findByRole("dialog", { name: "This design is still in a cloud" })).toHaveTextContent(
      "Practice cloud",
    );
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  });

  it("says why when the list can't be read, and tries again on request", async () => {
    showScreen(<DesignsScreen />, {
      "GET /api/designs/": json(503, { code: "busy", detail: "The database is locked." }),
    });

    expect(await screen.findByRole("alert")).toHaveTextContent("The database is locked.");
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});
