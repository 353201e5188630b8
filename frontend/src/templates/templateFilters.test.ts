import type { Template } from "@/api/types";

import { formOf, publishersOf, shownTemplates, type Wish } from "./templateFilters";

const money = (amount: string | null, coverage = "1") => ({ price_book: "book", currency: "USD", amount, coverage });
function aTemplate(key: string, changes: Partial<Template>): Template {
  return {
    key, title: key, summary: "", source: "Rackspace, somewhere", price_book: "book", version: 1, form: "published",
    forms: ["published"], repairs: [], parameters: {}, component_count: 10, callout_count: 0, monthly: null, monthly_by_form: {}, ...changes,
  };
}
const templates = [
  aTemplate("shop", {
    title: "Web shop", summary: "Sells behind a balancer.", component_count: 30, forms: ["published", "hardened"],
    monthly_by_form: { published: money("450.00"), hardened: money("600.00") },
  }),
  aTemplate("blog", { title: "Blog", monthly_by_form: { published: money("400.00") } }),
  aTemplate("net", { title: "Net", source: "Outscale user guide", monthly_by_form: { published: money(null, "0") } }),
];
const anything: Wish = { search: "", publisher: null, size: null, money: null, order: "name", form: "published" };
const shown = (wish: Partial<Wish>) => shownTemplates(templates, { ...anything, ...wish }).map(({ key }) => key);

test("every word that is searched for has to be there, in any order", () => {
  expect(shown({ search: "balancer shop" })).toEqual(["shop"]);
  expect(shown({ search: "outscale" })).toEqual(["net"]);
  expect(shown({ search: "shop blog" })).toEqual([]);
});

test("the price of the wished-for form decides in which band a template is", () => {
  expect(shown({ money: "low" })).toEqual(["blog", "shop"]);
  expect(shown({ money: "low", form: "hardened" })).toEqual(["blog"]);
  expect(shown({ money: "middle", form: "hardened" })).toEqual(["shop"]);
});

test("they stand in the order of size, the simple ones first, when that is asked for", () => {
  expect(shown({ order: "smallest" })).toEqual(["blog", "net", "shop"]);
});

test("no price is never the cheapest", () => {
  expect(shown({ order: "cheapest" })).toEqual(["blog", "shop", "net"]);
  expect(shown({ money: "partly" })).toEqual(["net"]);
});

test("publishers are counted, most first", () => {
  expect(publishersOf(templates)).toEqual([
    { name: "Rackspace", count: 2 },
    { name: "Outscale", count: 1 },
  ]);
});

test("a template without a hardened form stays as published", () => {
  expect(templates.map((template) => formOf(template, "hardened"))).toEqual(["hardened", "published", "published"]);
});
