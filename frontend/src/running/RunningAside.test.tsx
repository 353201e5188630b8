import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Difference, DriftReport, Stay } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { driftMarks } from "./driftWords";
import { RunningAside } from "./RunningAside";

vi.setConfig({ testTimeout: 20_000 });

const aDifference = (id: string, changes: Partial<Difference> = {}): Difference => ({
  id,
  drift: "changed",
  kind: "server",
  key: "web/server[0]",
  component: "web",
  label: "Web server 1",
  cloud_id: "s-1",
  attribute: "flavor",
  recorded: "m1.small",
  live: "m1.large",
  detail: "",
  monthly: "30.00",
  why_not_redeploy: "",
  why_not_adopt: "",
  is_new: true,
  ignored: null,
  ...changes,
});

const grown = aDifference("d2", {
  kind: "volume",
  key: "disk/volume[0]",
  component: "disk",
  label: "Orders",
  attribute: "size_gib",
  recorded: 5,
  live: 8,
  monthly: null,
  why_not_redeploy: "It has grown.",
});

const aReport = (differences: Difference[]): DriftReport => ({
  id: "r1",
  design: "d1",
  cloud: "c1",
  cloud_name: "Practice",
  checked_at: new Date().toISOString(),
  scheduled: false,
  status: differences.length > 0 ? "drifted" : "as_designed",
  detail: "",
  count: differences.length,
  differences,
  cost: { recorded: "100.00", live: "130.00", change: "30.00", currency: "USD" },
});

const aStay = (report: DriftReport | undefined, changes: Partial<Stay> = {}): Stay => ({
  id: "t1",
  design: "d1",
  cloud: "c1",
  cloud_name: "Practice",
  expires_at: null,
  on_expiry: "announce",
  expired: false,
  expiry_plan: null,
  next_check_at: "2026-11-29T16:00:00Z",
  hours_cost: null,
  schedule_problem: "",
  next_change: null,
  deployment: null,
  drift: report ?? null,
  resources: [
    {
      key: "web/server[0]",
      kind: "server",
      component: "web",
      name: "Web server 1",
      power: "running",
      flavor: "m1.small",
      size_gib: null,
      region: "",
      verbs: ["stop", "start", "reboot", "hard_reboot", "snapshot"],
    },
  ],
  ...changes,
});

const show = (report: DriftReport | undefined, answers: Record<string, unknown> = {}, changes: Partial<Stay> = {}) =>
  showScreen(
    <RunningAside designId="d1" stay={aStay(report, changes)} clouds={[]} onCloud={vi.fn()} standing={undefined} report={report} />,
    { "GET /api/operations/?design=d1": [], "GET /api/snapshots/?design=d1": [], ...answers },
  );

describe("what runs", () => {
  it("sends to be redeployed what can be, and says of the rest why not", async () => {
    const { user, asked } = show(aReport([aDifference("d1"), grown]), {
      "POST /api/drift-reports/r1/redeploy/": json(409, { code: "drift_changed", detail: "Check again." }),
    });

    expect(screen.getByText("Orders can't be redeployed. It has grown.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Adopt 2" })).toBeEnabled();
    await user.click(screen.getByRole("button", { name: "Redeploy 1" }));

    expect(asked.find(({ path }) => path.endsWith("/redeploy/"))?.body).toEqual({ differences: ["d1"] });
    expect(await screen.findByText("Check again.")).toBeVisible();
  });

  it("leaves as it is what somebody has a reason for, to the end of a day", async () => {
    const left = { ...aDifference("d1"), ignored: { until: "2026-12-04", reason: "Load test" } };
    const { user, asked } = show(aReport([aDifference("d1")]), {
      "POST /api/drift-reports/r1/ignore/": aReport([left]),
    });

    await user.click(screen.getByRole("button", { name: "Ignore until" }));
    const form = within(screen.getByRole("form", { name: "Ignore until" }));
    expect(form.getByRole("button", { name: "Ignore 1" })).toBeDisabled();
    await user.type(form.getByRole("textbox", { name: "Why" }), "Load test");
    await user.click(form.getByRole("button", { name: "Ignore 1" }));

    await waitFor(() => expect(screen.queryByRole("form", { name: "Ignore until" })).toBeNull());
    expect(asked.find(({ path }) => path.endsWith("/ignore/"))?.body).toMatchObject({ differences: ["d1"], reason: "Load test" });
  });

  it("says that nothing differs, when it was looked at and when that comes by itself", () => {
    show(aReport([]));

    expect(screen.getByText("Nothing differs")).toBeVisible();
    expect(screen.getByText(/Checked just now/)).toHaveTextContent(/Next by itself 29 Nov/);
  });

  it("stops a server when asked, and tells it apart from one that somebody else stopped", async () => {
    const stopped = aDifference("d1", { attribute: "power", recorded: "running", live: "stopped", monthly: "0" });
    const { user, asked } = show(aReport([stopped]), { "POST /api/operations/": json(202, []) });

    await user.click(screen.getByText("Servers"));
    expect(await screen.findByText("Stopped")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "What to do with Web server 1" }));
    expect(screen.queryByRole("menuitem", { name: "Stop" })).toBeNull();
    await user.click(await screen.findByRole("menuitem", { name: "Start" }));

    await waitFor(() => expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ key: "web/server[0]", verb: "start" }));
  });

  it("asks nothing of a server that is no longer in the cloud", async () => {
    const { user } = show(aReport([aDifference("d1", { drift: "missing", attribute: "" })]));

    await user.click(screen.getByText("Servers"));
    expect(await screen.findByText("Missing")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "What to do with Web server 1" }));
    expect((await screen.findAllByRole("menuitem")).map((item) => item.textContent)).toEqual(["Resize"]);
  });

  it("says what the differences cost, more or less than what was deployed", () => {
    const less = { recorded: "130.00", live: "100.00", change: "-30.00", currency: "USD" };
    show({ ...aReport([aDifference("d1")]), cost: less });

    expect(screen.getByText("$30.00 a month less than")).toBeVisible();
  });

  it("warns of an end that is near, with what happens then", () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    show(aReport([]), {}, { expires_at: tomorrow, on_expiry: "destroy" });

    expect(screen.getByText(/then everything is destroyed/)).toBeVisible();
  });

  it("sums up on the canvas what each component's differences cost, and nothing that is ignored", () => {
    const ignored = aDifference("d3", { component: "lb", ignored: { until: "2026-12-04", reason: "x" } });

    expect(driftMarks(aReport([aDifference("d1"), aDifference("d4", { monthly: "1.50" }), grown, ignored]))).toEqual({
      web: { count: 2, monthly: "31.50", currency: "USD" },
      disk: { count: 1, monthly: null, currency: "USD" },
    });
  });
});
