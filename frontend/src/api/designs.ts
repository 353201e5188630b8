import type { Naming } from "@/document/types";

import { get, getText, patch, post, remove, request } from "./client";
import type { Design, DesignSummary, Edit, Finding, JsonObject, MergePatch, TemplateForm, TemplateUpdate, TemplateVersion } from "./types";

export type NewDesign = {
  name: string;
  template?: string;
  form?: TemplateForm;
  /** Only what is chosen otherwise than the form draws it. */
  parameters?: JsonObject;
  price_book?: string;
};
export type DiagramView = "full" | "network" | "security" | "flow" | "cost" | "executive";
export type DiagramOptions = {
  view: DiagramView;
  layout: "automatic" | "placed";
  theme: "light" | "dark";
  naming: Naming;
};
export type DiagramFormat = "svg" | "png" | "pdf" | "txt";

const at = (id: string, rest = "") => `/api/designs/${encodeURIComponent(id)}/${rest}`;

export const listDesigns = () => get<DesignSummary[]>("/api/designs/");
export const createDesign = (design: NewDesign) => post<Design>("/api/designs/", design);
export const getDesign = (id: string, signal?: AbortSignal) => get<Design>(at(id), signal);
export type DesignChange = { name?: string; price_book?: string; budget_monthly?: string | null; budget_currency?: string };
export const changeDesign = (id: string, change: DesignChange) =>
  patch<Design>(at(id), change);
export const deleteDesign = (id: string) => remove(at(id));

/** Store one edit. The server numbers it, or refuses it whole with its reasons. */
export const patchDocument = (id: string, mergePatch: MergePatch) =>
  request<{ version: number }>("PATCH", at(id, "document/"), {
    body: mergePatch,
    contentType: "application/merge-patch+json",
  });
export const undoEdit = (id: string, edit: number) => post<{ version: number; patch: MergePatch }>(at(id, "undo/"), { edit });
export const redoEdit = (id: string) => post<{ version: number; patch: MergePatch }>(at(id, "redo/"));

/** Write the design down as a draft of an own template. */
export const publishAsTemplate = (id: string, template: { key: string; title: string; summary: string }) =>
  post<TemplateVersion>(at(id, "publish/"), template);
export const getTemplateUpdate = (id: string, signal?: AbortSignal) => get<TemplateUpdate>(at(id, "template-update/"), signal);
/** Bring the design up to its template's newest version; of the conflicts only those in `take` come from the template. */
export const updateFromTemplate = (id: string, take: readonly string[]) => post<{ version: number }>(at(id, "template-update/"), { take });
export const listEdits = (id: string) => get<Edit[]>(at(id, "edits/"));
export const listFindings = (id: string) => get<Finding[]>(at(id, "findings/"));

export const diagramAddress = (id: string, format: DiagramFormat, options: DiagramOptions) =>
  at(id, `diagram.${format}?${new URLSearchParams(options).toString()}`);

/** The diagram as SVG text. */
export const getDiagram = (id: string, options: DiagramOptions, signal?: AbortSignal) =>
  getText(diagramAddress(id, "svg", options), signal);
