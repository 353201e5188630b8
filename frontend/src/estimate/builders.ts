import type { Estimate, LineItem } from "@/api/types";
import { addAmounts } from "@/ui/money";

/** For tests: a line of an estimate, priced unless it says otherwise. */
export const aLine = (changes: Partial<LineItem> = {}): LineItem => ({
  key: "web/server[0]",
  component: "web",
  sku: "general1-4:linux:raw",
  description: "General1-4 server, Linux",
  quantity: "730",
  unit: "hour",
  unit_price: "0.128",
  monthly: "93.44",
  one_time: null,
  source: { url: "https://provider.example/prices", locator: "Cloud Servers", confidence: "verbatim", kind: "primary" },
  assumption: null,
  match: "General1-4",
  due_at_start: null,
  range: null,
  ...changes,
});

/** For tests: an estimate of these lines. */
export function anEstimate(lines: LineItem[] = [aLine()], changes: Partial<Estimate> = {}): Estimate {
  const monthly = addAmounts(lines.flatMap((line) => line.monthly ?? []));
  const pair = { monthly: "0.00", one_time: "0.00" };
  const total = { label: "Web", monthly, unpriced: lines.filter((line) => line.monthly === null).length };
  return {
    price_book: "rackspace-public-cloud",
    price_book_title: "Rackspace public cloud, 2016",
    price_book_version: 1,
    currency: "USD",
    coverage: "1",
    totals: { hourly: "0.128", monthly, yearly: "1121.28", one_time: "0.00" },
    periods: { hourly: "0.128", daily: "3.072", monthly, yearly: "1121.28", "12": "1121.28", "24": "2242.56", "36": "3363.84" },
    months: Array.from({ length: 36 }, () => monthly),
    range: { low: monthly, expected: monthly, high: monthly },
    ranged_months: [],
    new_prices: null,
    line_items: lines,
    components: { web: { monthly, unpriced: 0 } },
    categories: { compute: monthly },
    groups: { component: { web: total }, tier: { "-none": { ...total, label: "In no tier" } }, service: { server: { ...total, label: "Server" } }, region: {} },
    markup: { percent: "0", ...pair },
    discounts: [],
    tax: null,
    doubt: { kind: "primary", lines: lines.length, of: lines.length },
    assumptions: ["Amounts are without tax."],
    profile: "expected",
    purchase: "on demand",
    due_at_start: "0.00",
    budget: null,
    rate: null,
    customer: null,
    book: {
      key: "rackspace-public-cloud",
      provider: "Rackspace",
      title: "Rackspace public cloud, 2016",
      version: 1,
      region: "",
      currency: "USD",
      tax: { kind: "net", rate: null },
      month_rule: { rule: "fixed_hours", hours: "730" },
      metering: "minute",
      unit_basis: "decimal",
      valid_from: "2016-03-03",
      valid_to: null,
      collected_at: "2016-03-03",
    },
    list: { monthly, one_time: "0.00" },
    ...changes,
  };
}
