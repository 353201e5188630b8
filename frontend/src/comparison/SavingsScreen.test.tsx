import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Suggestion } from "@/api/types";
import { emptyDocument } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { showScreen } from "@/test/screen";

import { SavingsScreen } from "./SavingsScreen";

const smaller = {
  kind: "right_size",
  title: "Make Web a little smaller",
  detail: "4 GiB of memory → 3.75 makes Compute1-4 large enough.",
  component: "web",
  currency: "USD",
  saving_monthly: "47.39",
  monthly_before: "728.24",
  monthly_after: "680.85",
  one_time: "0.00",
  patch: { components: { web: { properties: { ram_gib: 3.75 } } } },
  price_book: null,
} as unknown as Suggestion;

const AT = "/designs/d1/estimate/savings";
const ASKED = "GET /api/designs/d1/suggestions/";

beforeEach(() => {
  const document = { ...emptyDocument, components: { web: { type: "web_server", properties: { ram_gib: 4 } } } };
  useDesignStore.getState().open({ id: "d1", name: "Web shop", price_book: "book", document, version: 3 });
});

const ram = () => useDesignStore.getState().document.components.web?.properties?.ram_gib;

describe("savings", () => {
  it("are applied with one click, and taken back with another", async () => {
    const { user } = showScreen(<SavingsScreen />, { [ASKED]: [smaller], "PATCH /api/designs/d1/document/": { version: 4 } }, AT);

    expect(await screen.findByText("−$47.39 a month")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Apply: Make Web a little smaller" }));
    expect(ram()).toBe(3.75);

    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(ram()).toBe(4));
  });

  it("may be another price book, which is no edit of the drawing", async () => {
    const book = { ...smaller, kind: "cheaper_book", title: "Price it with Other", patch: null, price_book: "other" } as unknown as Suggestion;
    const { user, asked } = showScreen(<SavingsScreen />, { [ASKED]: [book], "PATCH /api/designs/d1/": { price_book: "other" } }, AT);

    await user.click(await screen.findByRole("button", { name: "Use this book: Price it with Other" }));

    await waitFor(() => expect(useDesignStore.getState().priceBook).toBe("other"));
    expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ price_book: "other" });
    expect(ram()).toBe(4);
  });

  it("say so when there are none", async () => {
    showScreen(<SavingsScreen />, { [ASKED]: [] }, AT);

    expect(await screen.findByRole("heading", { name: "No saving found" })).toBeVisible();
  });
});
