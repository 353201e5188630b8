import { screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import type { Customer, Variant } from "@/api/types";
import { emptyDocument } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { showScreen } from "@/test/screen";

import { VariantsScreen } from "./VariantsScreen";

const variant = (monthly: string) =>
  ({
    id: "d1", label: "A", name: "Shop", version: 1, component_count: 2, component_labels: {}, differences: null,
    prices: [{ price_book: "book", price_book_title: "Book", currency: "USD", totals: { monthly }, coverage: "1.00", unpriced: 0, difference_monthly: "0.00", components: {} }],
  }) as unknown as Variant;

beforeEach(() => {
  useDesignStore.getState().open({ id: "d1", name: "Shop", price_book: "book", document: emptyDocument, version: 1 });
});

it("shows what a customer would pay for each variant", async () => {
  const { user } = showScreen(
    <VariantsScreen />,
    {
      "GET /api/designs/d1/variants/?price_books=book": [variant("100.00")],
      "GET /api/designs/d1/variants/?price_books=book&customer=c1": [variant("110.00")],
      "GET /api/customers/": [{ id: "c1", name: "Acme" } as Customer],
      "GET /api/price-books/": [],
    },
    "/designs/d1/estimate/variants",
  );
  expect(await screen.findByText("$100.00")).toBeVisible();

  await user.selectOptions(await screen.findByRole("combobox", { name: "Terms" }), "Acme’s terms");

  expect(await screen.findByText("$110.00")).toBeVisible();
});
