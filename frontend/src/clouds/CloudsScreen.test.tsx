import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/client";
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

async function anOpenPanel(user: UserEvent) {
  await user.click(await screen.findByRole("button", { name: "Add cloud" }));
  const panel = within(screen.getByRole("complementary", { name: "Add a cloud" }));
  const paste = async (text: string) => {
    await user.clear(panel.getByRole("textbox", { name: /Paste the entry/ }));
    await user.click(panel.getByRole("textbox", { name: /Paste the entry/ }));
    await user.paste(text);
  };
  return { panel, paste, add: () => panel.getByRole("button", { name: "Add cloud" }) };
}

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
    expect(await within(card).findByRole("rowheader", { name: "m1.small" })).toBeInTheDocument();
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

  it("waits for what a corrected text holds, with what was chosen before", async () => {
    const both = [
      { name: "one", auth_url: "https://one.example", region: "R", problem: "" },
      { name: "two", auth_url: "https://two.example", region: "R", problem: "" },
    ];
    let answer: ((entries: typeof both) => void) | undefined;
    vi.mocked(listEntries).mockResolvedValueOnce(both).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    vi.mocked(addCloud).mockResolvedValue(aCloud());
    const { user } = show();
    const { panel, paste, add } = await anOpenPanel(user);
    await paste("clouds:\n  one: {auth: {auth_url: x}}\n");
    await user.type(panel.getByRole("textbox", { name: "Name" }), "Mine");
    await user.click(await panel.findByRole("combobox", { name: "Which cloud" }));
    await user.click(await screen.findByRole("option", { name: "two, R" }));
    expect(add()).toBeEnabled();

    await paste("clouds:\n  one: {auth: {auth_url: y}}\n");

    expect(add()).toBeDisabled();
    expect(panel.getByRole("combobox", { name: "Which cloud" })).toHaveValue("two, R");
    answer?.(both);
    await waitFor(() => expect(add()).toBeEnabled());
    await user.click(add());
    const sent = vi.mocked(addCloud).mock.calls[0]?.[0];
    expect(sent).toMatchObject({ clouds_yaml: "clouds:\n  one: {auth: {auth_url: y}}\n", entry: "two" });
  });

  it("says why it can't tell what a text holds, and tries again", async () => {
    vi.mocked(listEntries)
      .mockRejectedValueOnce(new ApiError(400, "clouds_yaml_invalid", "This is not YAML."))
      .mockResolvedValueOnce([{ name: "one", auth_url: "https://one.example", region: "R", problem: "" }]);
    const { user } = show();
    const { panel, paste, add } = await anOpenPanel(user);
    await user.type(panel.getByRole("textbox", { name: "Name" }), "Mine");
    await paste("clouds:\n  one: {auth_url\n");

    expect(await panel.findByText("This is not YAML.")).toBeVisible();
    expect(add()).toBeDisabled();
    await user.click(panel.getByRole("button", { name: "Read it again" }));
    await waitFor(() => expect(add()).toBeEnabled());
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
