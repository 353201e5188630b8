import { screen } from "@testing-library/react";

import { json, showScreen } from "@/test/screen";

import { NewDesignDialog } from "./NewDesignDialog";
import { withChoice } from "./TemplateChoices";

const money = (amount: string) => ({ price_book: "rackspace", currency: "USD", amount, coverage: "0.96" });
const template = {
  key: "shop", title: "Web shop", summary: "Sells.", source: "Rackspace reference architecture", price_book: "rackspace", version: 1,
  form: "published", forms: ["published", "hardened"], component_count: 23, callout_count: 5, monthly: money("900.00"),
  monthly_by_form: { published: money("900.00"), hardened: money("1200.00") },
  repairs: [{ rules: ["DAT-03"], what: "The database is backed up every night.", why: "One wrong command deletes everything." }],
  parameters: { web_servers: { title: "Web servers", type: "integer", minimum: 1, maximum: 20, default: 2 } },
};
const answers = {
  "GET /api/templates/": [template],
  "GET /api/price-books/": [{ key: "rackspace", title: "Rackspace", currency: "USD" }],
  "GET /api/component-types/?all_versions=1": [],
  "GET /api/templates/shop/?form=hardened": { ...template, form: "hardened", document: { format: 1, components: {}, links: {} } },
  "GET /api/templates/shop/?form=published": { ...template, document: { format: 1, components: {}, links: {} } },
};
const show = (more: Record<string, unknown> = {}) =>
  showScreen(<NewDesignDialog opened onClose={() => undefined} template="shop" />, { ...answers, ...more });

test("a template begins hardened, with what was repaired and why, and either form says its price", async () => {
  show();

  expect(await screen.findByRole("radio", { name: "Hardened" })).toBeChecked();
  expect(screen.getByText("The database is backed up every night.")).toBeVisible();
  expect(screen.getByText(/One wrong command deletes everything/)).toHaveTextContent("DAT-03");
  expect(screen.getByText("$900.00")).toBeVisible();
  expect(screen.getByText("$1,200.00")).toBeVisible();
  expect(screen.getByText("Rackspace reference architecture")).toBeVisible();
});

test("what is chosen goes along with the design, what is left alone does not", async () => {
  const { user, asked } = show();

  await user.click(await screen.findByRole("radio", { name: "As published" }));
  await user.click(screen.getByRole("button", { name: "Create design" }));
  const field = await screen.findByLabelText("Web servers");
  await user.clear(field);
  await user.type(field, "3");
  await user.click(screen.getByRole("button", { name: "Create design" }));

  const sent = asked.filter(({ method }) => method === "POST").map(({ body }) => body);
  expect(sent).toEqual([
    { name: "Web shop", template: "shop", form: "published", parameters: {}, price_book: "rackspace" },
    { name: "Web shop", template: "shop", form: "published", parameters: { web_servers: 3 }, price_book: "rackspace" },
  ]);
});

test("price and picture follow what was chosen", async () => {
  const chosen = `parameters=${encodeURIComponent('{"web_servers":3}')}`;
  const { user } = show({
    [`GET /api/templates/shop/?form=hardened&${chosen}`]: {
      ...template, form: "hardened", component_count: 24, monthly_by_form: { published: money("990.00"), hardened: money("1290.00") },
      document: { format: 1, components: {}, links: {} },
    },
  });

  const field = await screen.findByLabelText("Web servers");
  await user.clear(field);
  await user.type(field, "3");

  expect(await screen.findByText("$1,290.00")).toBeVisible();
  expect(screen.getByText("$990.00")).toBeVisible();
  expect(screen.getByText(/^24 components/)).toBeVisible();
  expect(screen.getByRole("img", { name: "Web shop, hardened" })).toHaveAttribute("src", expect.stringContaining(chosen));
});

test("every reason against the choices is said, and nothing typed is lost", async () => {
  const { user } = show({
    "POST /api/designs/": json(400, {
      code: "template_parameters_invalid",
      detail: "Web servers can't be more than 20.",
      reasons: [
        { at: "parameters.web_servers", detail: "Web servers can't be more than 20." },
        { at: "parameters.addresses", detail: "The range is too small." },
      ],
    }),
  });

  await user.click(await screen.findByRole("button", { name: "Create design" }));

  expect(await screen.findByText("The range is too small.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Web shop");
});

test("a part of a group is said with the rest of the group; back at the preset, nothing is said", () => {
  const schemas = { size: { type: "object" as const, default: { vcpus: 2, ram_gib: 4 } } };

  const bigger = withChoice({}, ["size", "vcpus"], 4, schemas);
  expect(bigger).toEqual({ size: { vcpus: 4, ram_gib: 4 } });
  expect(withChoice(bigger, ["size", "vcpus"], 2, schemas)).toEqual({});
});
