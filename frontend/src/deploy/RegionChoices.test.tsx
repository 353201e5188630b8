import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { getRegions } from "@/api/deployer";
import type { Regions } from "@/api/types";
import { showScreen } from "@/test/screen";

import { RegionChoices } from "./RegionChoices";

vi.mock("@/api/deployer");

const show = (regions: Regions, chosen: Record<string, string> = {}) => {
  vi.mocked(getRegions).mockResolvedValue(regions);
  const onChoose = vi.fn();
  return { ...showScreen(<RegionChoices designId="d1" cloudId="c1" chosen={chosen} onChoose={onChoose} />), onChoose };
};

beforeEach(() => vi.clearAllMocks());

describe("choosing regions for a plan", () => {
  it("proposes one for each that is drawn, and takes another", async () => {
    const { user, onChoose } = show({
      offered: ["RegionOne", "RegionTwo"],
      choices: [
        { drawn: "calgary", region: "RegionOne", because: "default" },
        { drawn: "edmonton", region: "RegionTwo", because: "standing" },
      ],
    });

    expect(await screen.findByRole("combobox", { name: "Region for calgary" })).toHaveValue("RegionOne");
    expect(screen.getByText("It stands there")).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Region for calgary" }));
    await user.click(await screen.findByRole("option", { name: "RegionTwo" }));

    expect(onChoose).toHaveBeenCalledWith("calgary", "RegionTwo");
  });

  it("leaves the choice open where the cloud has too few", async () => {
    show({
      offered: ["RegionOne"],
      choices: [
        { drawn: "calgary", region: "RegionOne", because: "default" },
        { drawn: "edmonton", region: "RegionOne", because: "none_left" },
      ],
    });

    expect(await screen.findByRole("combobox", { name: "Region for edmonton" })).toHaveValue("");
    expect(screen.getByText("No region is left: choose one that may be shared")).toBeVisible();
  });

  it("asks nothing where there is one of each", async () => {
    const { container } = show({
      offered: ["RegionOne"],
      choices: [{ drawn: "reg", region: "RegionOne", because: "default" }],
    });

    await vi.waitFor(() => expect(getRegions).toHaveBeenCalledOnce());
    expect(container.querySelector("fieldset")).toBeNull();
  });
});
