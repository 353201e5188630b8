import { get, patch, post, remove, request } from "./client";
import type { Design, DesignSummary, Edit, Finding, MergePatch } from "./types";

export type NewDesign = { name: string; template?: string; price_book?: string };
export type DiagramOptions = { layout: "automatic" | "placed"; theme: "light" | "dark" };
export type DiagramFormat = "svg" | "png" | "pdf";

const at = (id: string, rest = "") => `/api/designs/${encodeURIComponent(id)}/${rest}`;

export const list_designs = () => get<DesignSummary[]>("/api/designs/");
export const create_design = (design: NewDesign) => post<Design>("/api/designs/", design);
export const get_design = (id: string, signal?: AbortSignal) => get<Design>(at(id), signal);
export const change_design = (id: string, change: { name?: string; price_book?: string }) => patch<Design>(at(id), change);
export const delete_design = (id: string) => remove(at(id));

/** Store one edit. The server numbers it, or refuses it whole with its reasons. */
export const patch_document = (id: string, merge_patch: MergePatch) =>
  request<{ version: number }>("PATCH", at(id, "document/"), {
    body: merge_patch,
    content_type: "application/merge-patch+json",
  });
export const undo_edit = (id: string) => post<{ version: number; patch: MergePatch }>(at(id, "undo/"));
export const redo_edit = (id: string) => post<{ version: number; patch: MergePatch }>(at(id, "redo/"));
export const list_edits = (id: string) => get<Edit[]>(at(id, "edits/"));
export const list_findings = (id: string) => get<Finding[]>(at(id, "findings/"));

export const diagram_address = (id: string, format: DiagramFormat, options: DiagramOptions) =>
  at(id, `diagram.${format}?layout=${options.layout}&theme=${options.theme}`);
