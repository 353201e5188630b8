import { screen } from "@testing-library/react";

import { aDesign } from "@/document/testing/catalogue";
import { useDesignStore } from "@/stores/designStore";
import { showScreen } from "@/test/screen";

import { ExportDialog } from "./ExportDialog";

const answers = {
  "GET /api/export-formats/": [
    { key: "heat", title: "Heat template", about: "One HOT file." },
    { key: "terraform", title: "Terraform", about: "A folder of HCL files." },
  ],
  "GET /api/clouds/": [],
  "GET /api/designs/d1/export/heat/files/": [{ path: "shop.yaml", text: "heat_template_version: 2018-08-31" }],
  "GET /api/designs/d1/export/terraform/files/": [
    { path: "main.tf", text: 'resource "openstack_networking_network_v2" "net" {}' },
    { path: "variables.tf", text: 'variable "image" {}' },
  ],
};

test("a format's files are looked at one by one, and taken away as one download", async () => {
  useDesignStore.getState().open({ id: "d1", name: "Shop", price_book: "rackspace", document: aDesign(), version: 1 });
  const { user } = showScreen(<ExportDialog designId="d1" onClose={() => undefined} />, answers);

  expect(await screen.findByText("heat_template_version: 2018-08-31")).toBeVisible();
  expect(screen.getByRole("link", { name: "Download" })).toHaveAttribute("href", "/api/designs/d1/export/heat");

  await user.click(screen.getByRole("radio", { name: "Terraform" }));
  expect(await screen.findByText('resource "openstack_networking_network_v2" "net" {}')).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "variables.tf" }));
  expect(await screen.findByText('variable "image" {}')).toBeVisible();
  expect(screen.getByRole("link", { name: "Download" })).toHaveAttribute("href", "/api/designs/d1/export/terraform");
});
