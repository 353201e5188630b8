import { screen, within } from "@testing-library/react";

import { catalogue } from "@/document/testing/catalogue";
import { catalogueOf } from "@/document/types";
import { showScreen } from "@/test/screen";

import { TypeDetails } from "./TypeDetails";

const [balancer] = [...catalogue.values()].filter((type) => type.key === "load_balancer");
const probe = { ...(balancer ?? []), key: "rack_probe", label: "Probe", makes: [], billed: ["hours of a probe"] } as NonNullable<typeof balancer>;
const types = catalogueOf([
  ...[...catalogue.values()].map((type) => (type.key === "load_balancer" ? { ...type, makes: ["floating_ip"], billed: [] } : type)),
  { ...probe, reference: "rack_probe", version: 1 },
  { ...probe, reference: "rack_probe@2", version: 2 },
]);
const part = (title: string) => screen.getByRole("heading", { name: title }).closest("section") as HTMLElement;

test("says what a type becomes, what it is charged by, where it sits and who reaches it", () => {
  showScreen(<TypeDetails reference="load_balancer" catalogue={types} />);

  expect(within(part("Compiles into")).getByText("Floating IP")).toBeVisible();
  expect(within(part("Billed by")).getByText(/no price of its own/)).toBeVisible();
  expect(within(part("Sits in")).getByRole("link", { name: "Subnet" })).toHaveAttribute("href", "/component-types/subnet");
  expect(within(part("May link to")).getByRole("link", { name: "Web server" })).toBeVisible();
  expect(within(part("May be linked from")).getByRole("link", { name: "Internet" })).toBeVisible();
});

test("an old version stays readable and points to the new one", () => {
  showScreen(<TypeDetails reference="rack_probe" catalogue={types} />);

  expect(screen.getByText("Version 1")).toBeVisible();
  expect(screen.getByRole("link", { name: "version 2" })).toHaveAttribute("href", "/component-types/rack_probe@2");
});

test("an address that names no type says so", () => {
  showScreen(<TypeDetails reference="mainframe" catalogue={types} />);

  expect(screen.getByText(/No component type has this key/)).toBeVisible();
});
