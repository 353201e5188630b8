import { screen, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { describe, expect, it } from "vitest";

import type { TracedRow } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { AcceptedScreen } from "./AcceptedScreen";

const step = (plan: string, key: string) => ({ plan, plan_status: "applied", key, action: "create" });
const resource = (key: string, cloud_id: string) => ({
  key,
  kind: "server",
  cloud: "Practice cloud",
  region: "RegionOne",
  cloud_id,
  status: "active",
});
const rows: TracedRow[] = [
  {
    id: "web:server",
    item: "Web server",
    description: "Server, Linux",
    monthly: "82.20",
    keys: ["web/server[0]", "web/server[1]"],
    steps: [step("old", "web/server[0]"), step("new", "web/server[0]"), step("new", "web/server[1]")],
    resources: [resource("web/server[0]", "aaa-1"), resource("web/server[1]", "bbb-2")],
  },
  {
    id: "mon:monitoring",
    item: "Monitoring",
    description: "4 checks",
    monthly: null,
    keys: ["mon/checks"],
    steps: [],
    resources: [],
  },
];
const acceptance = {
  option: "A",
  name: "Mira Okafor",
  role: "Buyer",
  at: "2026-11-29T10:00:00Z",
  content_hash: "07a68fa4".padEnd(64, "0"),
};

const show = (answers: Record<string, unknown> = {}) =>
  showScreen(
    <Routes>
      <Route path="/designs/:design_id/proposal/:proposal_id/accepted" element={<AcceptedScreen />} />
    </Routes>,
    {
      "GET /api/proposals/p1/": { id: "p1", number: "P-0001", draft: { title: "Web shop" }, versions: [] },
      "GET /api/proposals/p1/acceptance/": acceptance,
      "GET /api/proposals/p1/trace/": rows,
      "GET /api/clouds/": [{ id: "c1", name: "Practice cloud", status: "ready" }],
      ...answers,
    },
    "/designs/d1/proposal/p1/accepted",
  );

describe("what was accepted", () => {
  it("is planned for a cloud as the proposal's, whatever is drawn now", async () => {
    const { user, asked, router } = show({ "POST /api/plans/": { id: "plan1", design: "d1" } });

    await user.click(await screen.findByRole("button", { name: "Plan what was accepted" }));

    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ proposal: "p1", cloud: "c1", intent: "deploy" });
    expect(router.state.location.pathname).toBe("/designs/d1/deploy/plans/plan1");
  });

  it("leads from a line to the newest plan's steps and to the ids in the cloud", async () => {
    show();

    const line = await screen.findByRole("row", { name: /^Web server/ });
    const steps = within(line).getAllByRole("link");
    expect(steps.map((one) => one.getAttribute("href"))).toEqual(Array(2).fill("/designs/d1/deploy/plans/new"));
    expect(within(line).getByText("bbb-2")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /^Monitoring/ })).getByText("Nothing")).toBeVisible();
  });

  it("leads from an id in the cloud back to its line", async () => {
    const { user } = show();

    await user.type(await screen.findByRole("searchbox"), "BBB-2");

    expect(screen.getByRole("row", { name: /^Web server/ })).toBeVisible();
    expect(screen.queryByRole("row", { name: /^Monitoring/ })).not.toBeInTheDocument();
  });

  it("says so while nobody accepted anything, and when a plan is refused", async () => {
    const { unmount } = show({ "GET /api/proposals/p1/acceptance/": json(204, null) });
    expect(await screen.findByRole("heading", { name: "Nobody accepted this proposal yet" })).toBeVisible();
    unmount();

    const { user } = show({ "POST /api/plans/": json(409, { code: "busy", detail: "Another deployment runs." }) });
    await user.click(await screen.findByRole("button", { name: "Plan what was accepted" }));
    expect(await screen.findByText("Another deployment runs.")).toBeVisible();
  });
});
