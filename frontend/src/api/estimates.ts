import { get, patch, post, remove } from "./client";
import type {
  ComparedBook,
  CurrencyRate,
  Customer,
  Design,
  Differences,
  Estimate,
  Revision,
  Suggestion,
  Variant,
} from "./types";

/** What may be asked of an estimate beside what the design says itself. */
export type EstimateOptions = {
  price_book?: string;
  version?: string;
  profile?: string;
  /** `none`, `12`, `36-upfront`. */
  commitment?: string;
  /** Id of the customer whose terms are applied. */
  customer?: string;
  currency?: string;
};

const of = (design_id: string, rest: string, query: Record<string, string | undefined> = {}) => {
  const asked = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const text = new URLSearchParams(asked).toString();
  return `/api/designs/${encodeURIComponent(design_id)}/${rest}${text ? `?${text}` : ""}`;
};

/** Price a design with its own price book and terms, or with others. */
export const getEstimate = (design_id: string, options: EstimateOptions = {}, signal?: AbortSignal) =>
  get<Estimate>(of(design_id, "estimate/", options), signal);

/** `view=customer` leaves out cost, mark-up and sources. */
export const estimateAddress = (
  design_id: string,
  format: "csv" | "xlsx",
  options: EstimateOptions & { view?: "own" | "customer" },
) => of(design_id, `estimate.${format}`, options);

/** With a customer, totals follow that customer's terms. */
export const compareBooks = (design_id: string, price_books: readonly string[], customer: string, signal?: AbortSignal) =>
  get<ComparedBook[]>(of(design_id, "comparison/", { price_books: price_books.join(","), customer }), signal);

export const listVariants = (design_id: string, price_books: readonly string[], customer: string, signal?: AbortSignal) =>
  get<Variant[]>(of(design_id, "variants/", { price_books: price_books.join(","), customer }), signal);
export const createVariant = (design_id: string, label: string) => post<Design>(of(design_id, "variants/"), { label });

export const listRevisions = (design_id: string) => get<Revision[]>(of(design_id, "revisions/"));
/** Freeze the design as it is. Unchanged, it is the last revision again. */
export const createRevision = (design_id: string, name: string) => post<Revision>(of(design_id, "revisions/"), { name });
export const getDifferences = (design_id: string, from: string, to: string, signal?: AbortSignal) =>
  get<Differences>(of(design_id, "differences/", { from, to }), signal);

export const listSuggestions = (design_id: string, signal?: AbortSignal) =>
  get<Suggestion[]>(of(design_id, "suggestions/"), signal);

export type CustomerTerms = Pick<Customer, "name" | "markup_percent" | "tax_name" | "tax_percent" | "currency" | "discounts">;
export const listCustomers = () => get<Customer[]>("/api/customers/");
export const createCustomer = (terms: CustomerTerms) => post<Customer>("/api/customers/", terms);
export const changeCustomer = (id: string, terms: CustomerTerms) => patch<Customer>(`/api/customers/${id}/`, terms);
export const deleteCustomer = (id: string) => remove(`/api/customers/${id}/`);

export type NewRate = Omit<CurrencyRate, "id">;
export const listRates = () => get<CurrencyRate[]>("/api/currency-rates/");
export const addRate = (rate: NewRate) => post<CurrencyRate>("/api/currency-rates/", rate);
export const deleteRate = (id: string) => remove(`/api/currency-rates/${id}/`);
