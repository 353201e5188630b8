import type { OfferContents, OfferOption, StarterWording } from "@/api/types";

const nothing = { monthly: "0.00", one_time: "0.00" };

export const anOption = (letter: string, monthly: string): OfferOption => ({
  letter,
  name: `Way ${letter}`,
  intro: ["Two servers."],
  design: "Shop",
  revision: 3,
  picture: { view: "full", alternative: "Web server behind a balancer" },
  callouts: [{ number: 1, text: "The balancer" }],
  included: [{ title: "Compute", text: "2 × Web server" }],
  bill: [
    {
      label: "Compute",
      monthly,
      rows: [
        {
          id: "web:server",
          item: "Web server",
          description: "Server, Linux",
          match: "m1",
          quantity: "1460",
          unit: "hour",
          unit_price: "0.0345",
          monthly,
          one_time: null,
        },
      ],
    },
    {
      label: "Observability",
      monthly: null,
      rows: [
        {
          id: "mon:monitoring",
          item: "Monitoring",
          description: "4 checks",
          match: "",
          quantity: "1",
          unit: "month",
          unit_price: null,
          monthly: null,
          one_time: null,
        },
      ],
    },
  ],
  extras: [],
  sums: {
    lines: { monthly, one_time: "2400.00" },
    discounts: [],
    extras: nothing,
    net: { monthly, one_time: "2400.00" },
    tax: null,
    months: 36,
    term: "79284.84",
  },
  assumptions: ["Amounts are without tax."],
  not_priced: [{ id: "mon:monitoring", item: "Monitoring: 4 checks", reason: "Within our support fee." }],
  accepted_findings: [],
});

export const anOffer = (): OfferContents => ({
  number: "P-0002",
  title: "Web shop",
  seller: { name: "Fjordline", contact: "", address: "", color: "#2f5bea", logo: "" },
  customer: { name: "Harbour & Pine", contact: "" },
  day: "2026-11-29",
  valid_until: "2026-12-29",
  term_months: 36,
  currency: "USD",
  summary: ["Shares the work."],
  benefits: [],
  terms: [{ title: "Payment", text: "Within 30 days." }],
  recommended: "B",
  options: [anOption("A", "1782.73"), anOption("B", "2135.69")],
});

/** As the server ships it, shorter. */
export const starter: StarterWording = {
  name: "Starter texts",
  summary: "What we suggest.",
  benefits: [{ title: "One picture", text: "Of the whole." }],
  terms: [{ title: "Assumptions", text: "Listed beside each option." }],
};
