import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Estimate } from "@/api/types";
import { showScreen } from "@/test/screen";

import { NewPrices, NewPricesInALine } from "./NewPrices";

const news = { book_version: 2, published_at: "2026-11-20T10:00:00Z", before: "73.00", after: "87.60", change: "14.60", coverage_before: "1.00", coverage_after: "1.00", currency: "CHF", reason: "" };
const show = (new_prices: Estimate["new_prices"]) => showScreen(<NewPrices estimate={{ new_prices } as Estimate} />);

it("tells the owner what a new version of the price book did to the design", () => {
  show(news);

  expect(screen.getByText(/of the price book/)).toHaveTextContent(/Version 2 of the price book, since 20 Nov.*: \+CHF.14\.60 a month, from CHF.73\.00 to CHF.87\.60/);
});

it("says why where the two versions can’t be compared", () => {
  show({ ...news, before: null, after: null, change: null, reason: "The book changes from CHF to EUR." });

  expect(screen.getByText(/of the price book/)).toHaveTextContent("The book changes from CHF to EUR.");
});

it("tells it in a line where the panel is folded", () => {
  showScreen(<NewPricesInALine estimate={{ new_prices: news } as Estimate} />);

  expect(screen.getByText(/with version/)).toHaveTextContent(/^\+CHF.14\.60 a month with version 2 of the price book$/);
});

it("is silent where nothing changed", () => {
  show(null);

  expect(screen.queryByText(/of the price book/)).toBeNull();
});
