import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { showScreen } from "@/test/screen";

import { aDeployment, aPlan } from "./builders";
import { PlanAside } from "./PlanAside";

vi.setConfig({ testTimeout: 20_000 }); // whole panels, typed into letter by letter

const actions = { isApplying: false, onApply: vi.fn(), isRemaking: false, onMakeAgain: vi.fn(), onDiscard: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T14:00:00Z"), toFake: ["Date"] });
  vi.clearAllMocks();
});

describe("applying a plan", () => {
  it("says how many changes it makes and keeps what works unless told otherwise", async () => {
    const { user } = showScreen(<PlanAside plan={aPlan()} {...actions} />);

    await user.click(screen.getByRole("button", { name: "Apply 2 changes" }));

    expect(actions.onApply).toHaveBeenCalledWith({ onFailure: "keep", confirm: [] });
    expect(screen.getByText("Valid for 30 min")).toBeVisible();
  });

  it("says before it is applied that it will wait for a deployment that runs", async () => {
    showScreen(<PlanAside plan={aPlan()} {...actions} />, { "GET /api/deployments/?design=d1": [aDeployment()] });

    expect(await screen.findByText(/This one waits for it/)).toBeVisible();
  });

  it("is refused with its reason when a preflight check failed", () => {
    const preflight = [
      {
        check: "quota",
        status: "failed" as const,
        summary: "The quota is too small.",
        detail: "Servers: 4 needed, 2 of 20 free.",
        region: "",
        to_confirm: false,
      },
    ];
    showScreen(<PlanAside plan={aPlan({ can_apply: false, preflight })} {...actions} />);

    const apply = screen.getByRole("button", { name: "Apply 2 changes" });
    expect(apply).toBeDisabled();
    expect(apply).toHaveAccessibleDescription("Preflight failed: The quota is too small.");
    expect(screen.getByText("Servers: 4 needed, 2 of 20 free.")).toBeVisible();
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

    expect(actions.onApply).toHaveBeenCalledWith({ onFailure: "keep", confirm: [], removeSnapshots: false });
  });

  it("lets snapshots go with what is destroyed, and says why those of volumes have to", async () => {
    const plan = aPlan({ intent: "destroy", counts: { create: 0, update: 0, replace: 0, delete: 4, nothing: 0 } });
    const snapshot = { id: "s1", cloud: "c1", kind: "volume", name: "Orders", monthly: "1.29", currency: "USD" };
    const { user } = showScreen(<PlanAside plan={plan} {...actions} />, { "GET /api/snapshots/?design=d1": [snapshot] });

    await user.click(screen.getByRole("button", { name: "Destroy 4 resources" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Destroy Web shop" }));
    expect(await dialog.findByRole("radio", { name: "Keep the snapshots" })).toBeDisabled();
    expect(dialog.getByText(/removes no volume that has a snapshot/)).toBeVisible();
    await user.type(dialog.getByRole("textbox"), "Web shop{Enter}");

    expect(actions.onApply).toHaveBeenCalledWith(expect.objectContaining({ removeSnapshots: true }));
  });

  it("destroys data only after somebody said that they know", async () => {
    const loss = {
      check: "data",
      status: "warning" as const,
      summary: "This plan destroys data.",
      detail: "Orders: volume of 100 GiB is removed.",
      region: "",
      to_confirm: true,
    };
    const { user } = showScreen(<PlanAside plan={aPlan({ preflight: [loss] })} {...actions} />);

    expect(screen.getByRole("button", { name: "Apply 2 changes" })).toBeDisabled();
    await user.click(screen.getByRole("checkbox", { name: "I know that this destroys data for good" }));
    await user.click(screen.getByRole("button", { name: "Apply 2 changes" }));

    expect(actions.onApply).toHaveBeenCalledWith({ onFailure: "keep", confirm: ["data"] });
  });

  it("waits for an approval and says why, without offering another plan", () => {
    const plan = aPlan({
      status: "awaiting_approval",
      can_apply: false,
      approval_reason: "It costs $1,200.00 a month, and above $1,000.00 somebody else has to approve.",
    });
    showScreen(<PlanAside plan={plan} {...actions} />);

    expect(screen.getByText("Waits for an approval")).toBeVisible();
    expect(screen.getByRole("button", { name: "Apply 2 changes" })).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Make a new plan" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  });

  it("is approved with a note by whoever may", async () => {
    const waiting = aPlan({ status: "awaiting_approval", can_apply: false, can_decide: true, approval_reason: "Above." });
    const { user, asked } = showScreen(<PlanAside plan={waiting} {...actions} />, {
      "POST /api/plans/p1/approve/": aPlan(),
    });

    await user.type(screen.getByRole("textbox", { name: "Note" }), "Within the offer.");
    await user.click(screen.getByRole("button", { name: "Approve" }));

    expect(asked).toContainEqual({
      method: "POST",
      path: "/api/plans/p1/approve/",
      body: { note: "Within the offer." },
    });
  });
});

describe("quotas", () => {
  it("show what is used, what others will take and what is left", async () => {
    const quota = { region: "", name: "instances", title: "Servers", limit: 20, used: 5, plan: 2, others: 3, left: 10 };
    const preflight = [
      {
        check: "quota",
        status: "passed" as const,
        summary: "The quota is enough.",
        detail: "",
        region: "",
        to_confirm: false,
      },
    ];
    const { user } = showScreen(<PlanAside plan={aPlan({ quotas: [quota], preflight })} {...actions} />);

    expect(screen.getByText("Counts what other deployments will still take.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "The quota in figures" }));

    const row = within(screen.getByRole("table", { name: "Quotas" })).getByRole("row", { name: /Servers/ });
    expect(row).toHaveTextContent("Servers205+2310");
  });
});
