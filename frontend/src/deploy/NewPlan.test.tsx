import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { createPlan, getRegions, listClouds } from "@/api/deployer";
import type { Cloud } from "@/api/types";
import { showScreen } from "@/test/screen";

import { aPlan } from "./builders";
import { NewPlan } from "./NewPlan";

vi.mock("@/api/deployer");

const show = (services: string[]) => {
  const cloud = {
    id: "c1",
    name: "practice",
    status: "ready",
    auth_url: "https://cloud.example.org/v3",
    regions: [],
    profile: { services, flavors: [] },
  } as unknown as Cloud;
  vi.mocked(listClouds).mockResolvedValue([cloud]);
  vi.mocked(getRegions).mockResolvedValue({ offered: [], choices: [] });
  vi.mocked(createPlan).mockResolvedValue(aPlan());
  return showScreen(<NewPlan designId="d1" />);
};

beforeEach(() => vi.clearAllMocks());

describe("making a plan", () => {
  it("is made call by call unless somebody says otherwise", async () => {
    const { user } = show(["compute", "orchestration"]);

    await user.click(await screen.findByRole("button", { name: "Make plan" }));

    expect(createPlan).toHaveBeenCalledWith(expect.objectContaining({ cloud: "c1", as_one_stack: false }));
  });

  it("lets Heat make it as one stack", async () => {
    const { user } = show(["compute", "orchestration"]);

    await user.click(await screen.findByRole("radio", { name: "As one Heat stack" }));
    await user.click(screen.getByRole("button", { name: "Make plan" }));

    expect(createPlan).toHaveBeenCalledWith(expect.objectContaining({ as_one_stack: true }));
  });

  it("offers no stack where the cloud has no Heat", async () => {
    show(["compute"]);

    await screen.findByRole("button", { name: "Make plan" });

    expect(screen.queryByRole("radio", { name: "As one Heat stack" })).toBeNull();
  });
});
