import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { json, showScreen } from "@/test/screen";

import { Secrets } from "./Secrets";

const LIST = "GET /api/deployments/run1/secrets/";
const REVEAL = "POST /api/deployments/run1/secrets/reveal/";

const aSecret = (key: string, changes: object = {}) => ({
  key,
  component: "db",
  name: `Password ${key}`,
  user: "app",
  revealed_at: null,
  revealed_by: "",
  ...changes,
});

describe("the passwords of a deployment", () => {
  it("are shown one by one, each when it is asked for", async () => {
    const { user, asked } = showScreen(<Secrets deployment_id="run1" />, {
      [LIST]: [aSecret("one"), aSecret("two")],
      [REVEAL]: { ...aSecret("one"), value: "Xy7secret" },
    });
    expect(await screen.findByText("Password one")).toBeVisible();
    expect(screen.queryByText("Xy7secret")).toBeNull();

    await user.click(screen.getByRole("button", { name: "Show Password one once" }));

    expect(await screen.findByText("Xy7secret")).toBeVisible();
    expect(screen.getByRole("button", { name: "Copy Password one" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Show Password two once" })).toBeVisible();
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ key: "one" });
  });

  it("say who saw them, and cannot be shown again", async () => {
    showScreen(<Secrets deployment_id="run1" />, {
      [LIST]: [aSecret("one", { revealed_at: "2026-11-20T14:00:00Z", revealed_by: "mara" })],
    });

    const row = await screen.findByRole("listitem");
    expect(row).toHaveTextContent("Shown to mara, ");
    expect(within(row).queryByRole("button")).toBeNull();
  });

  it("tell when somebody else was quicker", async () => {
    const { user } = showScreen(<Secrets deployment_id="run1" />, {
      [LIST]: [aSecret("one")],
      [REVEAL]: json(409, { code: "secret_already_shown", detail: "It was shown to teo on 20 November." }),
    });

    await user.click(await screen.findByRole("button", { name: "Show Password one once" }));

    expect(await screen.findByText("It was shown to teo on 20 November.")).toBeVisible();
  });

  it("take no room where there are none", async () => {
    const { container, asked } = showScreen(<Secrets deployment_id="run1" />, { [LIST]: [] });

    await expect.poll(() => asked.length).toBe(1);
    expect(container.querySelector("section")).toBeNull();
  });
});
