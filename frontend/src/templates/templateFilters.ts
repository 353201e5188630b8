import type { Template, TemplateForm } from "@/api/types";

/** What the gallery shows of all templates. `null` is no wish. */
export type Wish = {
  search: string;
  publisher: string | null;
  size: SizeBand | null;
  money: MoneyBand | null;
  order: Order;
  form: TemplateForm;
};

export type SizeBand = "small" | "medium" | "large";
export type MoneyBand = "low" | "middle" | "high" | "partly";
export type Order = "smallest" | "cheapest" | "name";

export const SIZES: readonly { value: SizeBand; label: string; from: number; to: number }[] = [
  { value: "small", label: "Up to 20 components", from: 0, to: 20 },
  { value: "medium", label: "21 to 25 components", from: 21, to: 25 },
  { value: "large", label: "More than 25 components", from: 26, to: Infinity },
];

/** In the currency of each template's own price book: bands for finding one, not for comparing. */
export const MONEY: readonly { value: Exclude<MoneyBand, "partly">; label: string; from: number; below: number }[] = [
  { value: "low", label: "Under 500 a month", from: 0, below: 500 },
  { value: "middle", label: "500 to 1,000 a month", from: 500, below: 1000 },
  { value: "high", label: "1,000 a month or more", from: 1000, below: Infinity },
];

/** Who published it: the first word of where it is from. The tooltip has the rest. */
export function publisherOf(source: string): string {
  if (source.startsWith("Drawn here")) return "Own";
  return /^[\p{L}\p{N}]+/u.exec(source.trim())?.[0] ?? "Reference";
}

/** Publishers with how many templates they have, most first. */
export function publishersOf(templates: readonly Template[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { source } of templates) counts.set(publisherOf(source), (counts.get(publisherOf(source)) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((left, right) => right.count - left.count || left.name.localeCompare(right.name));
}

/** The wished-for form where a template comes in it. */
export function formOf(template: Template, wished: TemplateForm): TemplateForm {
  return template.forms.includes(wished) ? wished : "published";
}

export function priceOf(template: Template, form: TemplateForm) {
  return template.monthly_by_form[formOf(template, form)] ?? null;
}

export function shownTemplates(templates: readonly Template[], wish: Wish): Template[] {
  const words = wish.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = templates.filter((template) => {
    const text = [template.title, template.summary, template.source, template.key].join(" ").toLocaleLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (wish.publisher === null || publisherOf(template.source) === wish.publisher) &&
      (wish.size === null || isOfSize(template, wish.size)) &&
      (wish.money === null || isOfMoney(template, wish.money, wish.form))
    );
  });
  return shown.sort(
    (left, right) =>
      (wish.order === "smallest" && left.component_count - right.component_count) ||
      (wish.order === "cheapest" && amountOf(left, wish.form) - amountOf(right, wish.form)) ||
      left.title.localeCompare(right.title),
  );
}

function isOfSize({ component_count }: Template, size: SizeBand): boolean {
  const band = SIZES.find(({ value }) => value === size);
  return band !== undefined && component_count >= band.from && component_count <= band.to;
}

function isOfMoney(template: Template, money: MoneyBand, form: TemplateForm): boolean {
  const price = priceOf(template, form);
  if (money === "partly") return price === null || Number(price.coverage) < 1;
  const amount = amountOf(template, form);
  const band = MONEY.find(({ value }) => value === money);
  return band !== undefined && amount >= band.from && amount < band.below;
}

/** For order and bands only; what is shown is the decimal text itself. Without a price it goes last. */
function amountOf(template: Template, form: TemplateForm): number {
  const amount = priceOf(template, form)?.amount;
  return amount === null || amount === undefined ? Infinity : Number(amount);
}
