import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";

import { showScreen } from "@/test/screen";

import { aPlan, aPlanStep } from "./builders";
import { PlanBody } from "./PlanBody";

it("gives each change its reason and its amount; what the book has no price for says so, and the total too", () => {
  const reason = "lb/member[0], which it is built on, is made anew";
  const steps = [{ ...aPlanStep("web/server[0]", "create", "54.02"), reason }, aPlanStep("big/server[0]", "create", null)];
  const cost = { now: "0", change: "54.02", after: "54.02", unpriced: 1 };
  showScreen(<PlanBody plan={aPlan({ steps, cost })} />);

  const changes = screen.getByRole("table", { name: "Changes" });
  expect(within(changes).getByText("lb/member[0], which it is built on, is made anew")).toBeVisible();
  expect(within(changes).getByText("Not deployed yet")).toBeVisible();
  const row = within(changes).getAllByRole("row").find((one) => one.textContent.includes("big/server[0]"));
  expect(row).toHaveTextContent("No price");
  expect(screen.getByText("1 without a price")).toBeVisible();
});
