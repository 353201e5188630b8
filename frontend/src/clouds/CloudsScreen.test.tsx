import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { addCloud, changeCloud, listClouds, listEntries } from "@/api/deployer";
import type { Cloud, CloudRegion } from "@/api/types";
import { showScreen } from "@/test/screen";

import { CloudsScreen } from "./CloudsScreen";

vi.mock("@/api/deployer");

vi.setConfig({ testTimeout: 20_000 }); // whole screens, typed into letter by letter

const aRegion = (name: string, services: string[], detail = ""): CloudRegion => ({
  name,
  detail,
  read_at: "2026-11-20T14:00:00Z",
  profile: {
    services,
    flavors: [{ name: "m1.small", vcpus: 1, ram_gib: 2, disk_gib: 20 }],
    images: ["debian-12"],
    availability_zones: ["az1"],
    external_networks: ["public"],
    volume_types: ["ssd"],
    quotas: { instances: { limit: 20, used: 11 } },
  },
});

const aCloud = (changes: Partial<Cloud> = {}): Cloud => {
  const first = aRegion("ord", ["compute"]);
  const regions = changes.regions ?? [first, aRegion("lon", ["compute", "database"])];
  return {
    id: "c1",
    name: "Fjordline",
    auth_url: "https://cloud.fjordline.example:5000/v3",
    project: "halden-prod",
    region: "ord",
    status: "ready",
    detail: "",
    checked_at: "2026-11-20T14:00:00Z",
    profile: first.profile,
    ...changes,
    regions,
  };
};

const show = (...clouds: Cloud[]) => {
  vi.mocked(listClouds).mockResolvedValue(clouds);
  return showScreen(<CloudsScreen />);
};

beforeEach(() => vi.clearAllMocks());

describe("clouds", () => {
  it("shows each region with what that one has", async () => {
    const { user } = show(aCloud());
    const card = await screen.findByRole("listitem", { name: "Fjordline" });
    expect(within(card).getByText("cloud.fjordline.example:5000, project halden-prod")).toBeVisible();
    expect(within(card).getByText(", not offered", { selector: "[title='managed databases'] *" })).toBeInTheDocument();

    await user.click(within(card).getByText("lon", { selector: "label *, label" }));

    expect(within(card).queryByText(", not offered", { selector: "[title='managed databases'] *" })).toBeNull();
    await user.click(within(card).getByRole("button", { name: "All it offers" }));
    expect(within(card).getByRole("rowheader", { name: "m1.small" })).toBeInTheDocument();
    expect(within(card).getByText("instances 11 of 20")).toBeInTheDocument();
  });

  it("names a region that does not answer, with its own words", async () => {
    show(aCloud({ regions: [aRegion("ord", []), aRegion("lon", [], "Nothing answers at https://lon.")] }));

    expect(await screen.findByText(/lon doesn't answer/)).toBeVisible();
  });

  it("lets one of several pasted entries be chosen before anything is sent to a cloud", async () => {
    vi.mocked(listEntries).mockResolvedValue([
      { name: "one", auth_url: "https://one.example", region: "R", problem: "" },
      { name: "two", auth_url: "", region: "", problem: "The entry has no auth_url." },
      { name: "three", auth_url: "https://three.example", region: "", problem: "" },
    ]);
    vi.mocked(addCloud).mockResolvedValue(aCloud());
    const { user } = show();
    await user.click(await screen.findByRole("button", { name: "Add cloud" }));
    const panel = within(screen.getByRole("complementary", { name: "Add a cloud" }));
    await user.click(panel.getByRole("textbox", { name: /Paste the entry/ }));
    await user.paste("clouds:\n  one: {auth: {auth_url: x}}\n");
    await user.type(panel.getByRole("textbox", { name: "Name" }), "Mine");

    await user.click(await panel.findByRole("combobox", { name: "Which cloud" }));
    expect(panel.getByRole("button", { name: "Add cloud" })).toBeDisabled();
    await user.click(await screen.findByRole("option", { name: "three" }));
    await user.click(panel.getByRole("button", { name: "Add cloud" }));

    expect(vi.mocked(addCloud).mock.calls[0]?.[0]).toMatchObject({ name: "Mine", entry: "three" });
  });

  it("takes a new credential where the old one is refused", async () => {
    vi.mocked(changeCloud).mockResolvedValue(aCloud());
    const { user } = show(aCloud({ status: "refused", detail: "The cloud refuses this credential: expired." }));

    await user.click(await screen.findByRole("button", { name: "Paste a new credential" }));
    const panel = within(screen.getByRole("complementary", { name: "New credential for Fjordline" }));
    await user.click(panel.getByText("Application credential"));
    await user.type(panel.getByRole("textbox", { name: "Application credential id" }), "id-2");
    await user.type(panel.getByLabelText("Application credential secret"), "s3cret");
    await user.click(panel.getByRole("button", { name: "Renew credential" }));

    expect(vi.mocked(changeCloud).mock.calls[0]).toMatchObject([
      "c1",
      { name: "Fjordline", auth_url: "https://cloud.fjordline.example:5000/v3", application_credential_id: "id-2" },
    ]);
  });
});
