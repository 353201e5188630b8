import { get, post, remove } from "./client";
import type { ImpactReport, ImportReport, PriceBookVersion, PriceRow } from "./types";

const book = (key: string, rest: string) => `/api/price-books/${encodeURIComponent(key)}/${rest}`;
const version = (id: number, rest = "") => `/api/price-book-versions/${String(id)}/${rest}`;

/** The rows of a book: of its newest version, unless another is named. */
export const listPrices = (key: string, of_version = "", signal?: AbortSignal) =>
  get<PriceRow[]>(book(key, `prices/${of_version ? `?version=${encodeURIComponent(of_version)}` : ""}`), signal);
export const listPriceBookVersions = (key: string) => get<PriceBookVersion[]>(book(key, "versions/"));

/** `publish` or `retire`, as the version's own `steps` say. */
export const movePriceBookVersion = (id: number, step: string) => post<PriceBookVersion>(version(id, `${step}/`));
export const dropDraft = (id: number) => remove(version(id));
export const getImpact = (id: number) => get<ImpactReport>(version(id, "impact/"));
export const lookAgainAtImpact = (id: number) => post<ImpactReport>(version(id, "impact/"));

export type PriceImport = {
  file: File;
  kind: string;
  /** Of the book's header, where the file doesn't say it. */
  said: Record<string, string>;
};

/** What a price list would change; without `dry_run` it becomes a draft for each of its books. */
export function importPrices({ file, kind, said }: PriceImport, dry_run: boolean): Promise<ImportReport> {
  const form = new FormData();
  form.set("file", file);
  if (kind) form.set("kind", kind);
  form.set("dry_run", String(dry_run));
  for (const [name, value] of Object.entries(said)) if (value.trim()) form.set(name, value.trim());
  return post<ImportReport>("/api/price-books/imports/", form);
}
