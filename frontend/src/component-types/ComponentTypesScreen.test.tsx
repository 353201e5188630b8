import { screen } from "@testing-library/react";

import { catalogue } from "@/document/testing/catalogue";
import { useSessionStore } from "@/stores/sessionStore";
import { showScreen } from "@/test/screen";

import { ComponentTypesScreen } from "./ComponentTypesScreen";

const types = [...catalogue.values()].map((type) =>
  type.key === "load_balancer"
    ? {
        ...type,
        labels: { generic: "Load balancer", rackspace: "Cloud Load Balancers", openstack: "Octavia", outscale: "(none)" },
        makes: ["load_balancer", "floating_ip"],
        billed: ["hours of a balancer"],
      }
    : type,
);

const show = (path: string) =>
  showScreen(<ComponentTypesScreen />, { "GET /api/component-types/?all_versions=1": types }, path);

beforeEach(() => useSessionStore.getState().setNaming("generic"));

test("a type is found by any provider's name, and called what the switch says", async () => {
  const { user } = show("/component-types");

  await user.type(await screen.findByRole("searchbox", { name: "Search component types" }), "octavia");
  expect(await screen.findByRole("link", { name: "Load balancer" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Subnet" })).toBeNull();

  await user.click(screen.getByRole("button", { name: "Names: Generic" }));
  await user.click(await screen.findByRole("menuitem", { name: "Rackspace" }));
  expect(screen.getByRole("link", { name: "Cloud Load Balancers" })).toBeVisible();
});

test("says so when nothing is called that", async () => {
  const { user } = show("/component-types");

  await user.type(await screen.findByRole("searchbox", { name: "Search component types" }), "mainframe");

  expect(await screen.findByText(/No type is called mainframe/)).toBeVisible();
});
