import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { showScreen } from "@/test/screen";

import { aPlan } from "./builders";
import { PlanAside } from "./PlanAside";

const actions = { isApplying: false, onApply: vi.fn(), isRemaking: false, onMakeAgain: vi.fn(), onDiscard: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T14:00:00Z"), toFake: ["Date"] });
  vi.clearAllMocks();
});

describe("applying a plan", () => {
  it("says how many changes it makes and keeps what works unless told otherwise", async () => {
    const { user } = showScreen(<PlanAside plan={aPlan()} {...actions} />);

    await user.click(screen.getByRole("button", { name: "Apply 2 changes" }));

    expect(actions.onApply).toHaveBeenCalledWith("keep");
    expect(screen.getByText("Valid for 30 min")).toBeVisible();
  });

  it("is refused with its reason when a preflight check failed", () => {
    const preflight = [
      {
        check: "quota",
        status: "failed" as const,
        summary: "The quota is too small.",
        detail: "instances: 4 needed, 2 of 20 free.",
        region: "",
      },
    ];
    showScreen(<PlanAside plan={aPlan({ can_apply: false, preflight })} {...actions} />);

    const apply = screen.getByRole("button", { name: "Apply 2 changes" });
    expect(apply).toBeDisabled();
    expect(apply).toHaveAccessibleDescription("Preflight failed: The quota is too small.");
    expect(screen.getByText("instances: 4 needed, 2 of 20 free.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Make a new plan" })).toBeEnabled();
  });

  it("asks for the design's name before live resources are destroyed", async () => {
    const plan = aPlan({ intent: "destroy", counts: { create: 0, update: 0, replace: 0, delete: 23, nothing: 0 } });
    const { user } = showScreen(<PlanAside plan={plan} {...actions} />);

    await user.click(screen.getByRole("button", { name: "Destroy 23 resources" }));
    const dialog = await screen.findByRole("dialog", { name: "Destroy Web shop" });
    const destroy = within(dialog).getByRole("button", { name: "Destroy" });
    expect(destroy).toBeDisabled();

    await user.type(within(dialog).getByRole("textbox"), "Web sho");
    expect(destroy).toBeDisabled();
    await user.type(within(dialog).getByRole("textbox"), "p{Enter}");

    expect(actions.onApply).toHaveBeenCalledOnce();
  });
});
