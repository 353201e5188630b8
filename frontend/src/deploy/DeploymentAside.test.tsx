import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Deployment } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { aDeployment, aPlan, aStep } from "./builders";
import { DeploymentAside } from "./DeploymentAside";

describe("the panel of a deployment", () => {
  it("can be cancelled while it runs", async () => {
    const { user, asked } = showScreen(<DeploymentAside deployment={aDeployment()} isStale={false} />, {
      "POST /api/deployments/run1/cancel/": aDeployment({ status: "cancelling" }),
    });

    await user.click(screen.getByRole("button", { name: "Cancel" }));

    expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain("POST /api/deployments/run1/cancel/");
  });

  it("shows what the cloud said about a failed step and offers to go on from there", async () => {
    const words = "No valid host was found. There are not enough hosts available.";
    const deployment = aDeployment({
      status: "failed",
      can_retry: true,
      steps: [aStep("succeeded"), aStep("failed", { error: words })],
    });
    const { user, asked } = showScreen(<DeploymentAside deployment={deployment} isStale={false} />, {
      "POST /api/deployments/run1/retry/": json(409, {
        code: "nothing_to_retry",
        detail: "A newer deployment has taken over.",
      }),
    });

    expect(screen.getByRole("alert")).toHaveTextContent("Web server 1 could not be created");
    expect(screen.getByRole("alert")).toHaveTextContent(words);
    await user.click(screen.getByRole("button", { name: "Retry" }));

    expect(asked.some(({ path }) => path.endsWith("/retry/"))).toBe(true);
    expect(await screen.findByText("A newer deployment has taken over.")).toBeVisible();
  });

  it("leads from a resource to the lines that a customer accepted for it", async () => {
    const web = {
      key: "web/server[0]",
      kind: "server",
      component: "web",
      name: "web-1",
      address: "",
      cloud_id: "bbb-2",
      status: "active",
    };
    const accepted = {
      proposal: "p7",
      number: "P-0007",
      version: 1,
      option: "A",
      content_hash: "07a68fa4",
      name: "Mira Okafor",
      at: "2026-11-20T13:57:58Z",
    };
    showScreen(
      <DeploymentAside
        deployment={aDeployment({ status: "succeeded", resources: [web as Deployment["resources"][number]] })}
        isStale={false}
      />,
      { "GET /api/plans/p1/": aPlan({ accepted }) },
    );

    expect(await screen.findByRole("link", { name: "Quoted lines of web/server[0]" })).toHaveAttribute(
      "href",
      "/designs/d1/proposal/p7/accepted?about=web%2Fserver%5B0%5D",
    );
  });

  it("counts down to the next try of a refused step", () => {
    const soon = new Date(Date.now() + 90_000).toISOString();
    const deployment = aDeployment({
      steps: [aStep("retrying", { label: "Load balancer pool", error: "409 Conflict: immutable", next_try_at: soon })],
    });
    showScreen(<DeploymentAside deployment={deployment} isStale={false} />);

    expect(screen.getByText("Load balancer pool: the cloud is busy")).toBeVisible();
    expect(screen.getByText(/^Try 2 in 1 min (29|30) s\.$/)).toBeVisible();
  });

  it("says what it waits for while it is queued", () => {
    const first = { id: "run0", intent: "deploy" as const, revision: 3, status: "running" as const };
    showScreen(
      <DeploymentAside deployment={aDeployment({ status: "queued", waits_for: [first] })} isStale={false} />,
    );

    expect(screen.getByText("Number 1 in the queue")).toBeVisible();
    expect(screen.getByRole("link", { name: "the deployment of revision 3" })).toHaveAttribute(
      "href",
      "/designs/d1/deploy/deployments/run0",
    );
    expect(screen.getByRole("button", { name: "Cancel" })).toBeEnabled();
  });

  it("says that no worker takes it, with what to do", () => {
    const stalled = "No worker has taken it for half a minute.";
    showScreen(<DeploymentAside deployment={aDeployment({ status: "running", stalled })} isStale={false} />);

    expect(screen.getByRole("alert")).toHaveTextContent(`Nobody is at work on it${stalled}`);
  });

  it("says why it did not begin, with the way to a new plan", () => {
    const reason = "When its turn came, the plan no longer fitted. Nothing was changed; make a new plan.";
    showScreen(<DeploymentAside deployment={aDeployment({ status: "failed", reason })} isStale={false} />);

    expect(screen.getByRole("alert")).toHaveTextContent(reason);
    expect(screen.getByRole("button", { name: "Plan changes" })).toBeEnabled();
    expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
  });

  it("lets what failed be taken back, and the choice be changed while it runs", async () => {
    const failed = aDeployment({ status: "failed", can_retry: true, can_roll_back: true });
    const { user, asked, unmount } = showScreen(<DeploymentAside deployment={failed} isStale={false} />, {
      "POST /api/deployments/run1/roll-back/": failed,
    });
    await user.click(screen.getByRole("button", { name: "Roll back" }));
    expect(asked.some(({ path }) => path.endsWith("/roll-back/"))).toBe(true);
    unmount();

    const second = showScreen(<DeploymentAside deployment={aDeployment()} isStale={false} />, {
      "PATCH /api/deployments/run1/": aDeployment({ on_failure: "roll_back" }),
    });
    await second.user.click(screen.getByRole("combobox", { name: "If a step fails for good" }));
    await second.user.click(await screen.findByRole("option", { name: "Roll back" }));
    expect(second.asked.map(({ method }) => method)).toContain("PATCH");
  });

  it("lists live resources with the ids of the cloud when it has succeeded", () => {
    const resource = {
      key: "web/server[0]",
      kind: "server",
      component: "web",
      name: "Web server 1",
      cloud_id: "7c0e2f51-3b0b-4f0e-9f0e-0123456789ab", region: "RegionOne",
      address: "10.0.10.11",
      status: "active" as const,
    };
    showScreen(
      <DeploymentAside deployment={aDeployment({ status: "succeeded", resources: [resource] })} isStale={false} />,
    );

    expect(screen.getByText("7c0e2f51-3b0b-4f0e-9f0e-0123456789ab")).toBeVisible();
    expect(screen.getByRole("button", { name: "Copy the id of web/server[0]" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Destroy" })).toBeEnabled();
  });

  it("says after a destroy that nothing is left, or names what is", () => {
    const report = { clean: true, checked_at: "2026-11-20T14:00:00Z", left: [], detail: "" };
    const gone = aDeployment({ intent: "destroy", status: "succeeded", residue: report });
    const { unmount } = showScreen(<DeploymentAside deployment={gone} isStale={false} />);
    expect(screen.getByRole("heading", { name: "Nothing is left" })).toBeVisible();
    unmount();

    const left = [{ kind: "floating_ip", name: "Load balancer address", cloud_id: "f1", region: "RegionOne" }];
    showScreen(
      <DeploymentAside deployment={{ ...gone, residue: { ...report, clean: false, left } }} isStale={false} />,
    );
    expect(screen.getByRole("heading", { name: "1 resource left in the cloud" })).toBeVisible();
    expect(screen.getByText("Load balancer address")).toBeVisible();
  });

  it("does not claim that nothing is left when the cloud could not be asked", () => {
    const residue = {
      clean: false,
      checked_at: "2026-11-20T14:00:00Z",
      left: [],
      detail: "The cloud could not be asked: timeout",
    };
    showScreen(
      <DeploymentAside deployment={aDeployment({ intent: "destroy", status: "succeeded", residue })} isStale={false} />,
    );

    expect(screen.getByRole("heading", { name: "What is left is not known" })).toBeVisible();
    expect(screen.getByText("The cloud could not be asked: timeout")).toBeVisible();
  });
});
