import { get } from "./client";
import type { Estimate } from "./types";

/** Price a design with its own price book, or with another one. */
export const getEstimate = (design_id: string, price_book?: string, signal?: AbortSignal) =>
  get<Estimate>(
    `/api/designs/${encodeURIComponent(design_id)}/estimate/${price_book ? `?price_book=${encodeURIComponent(price_book)}` : ""}`,
    signal,
  );
