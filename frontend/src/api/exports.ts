import { get } from "./client";
import type { ExportedFile, ExportFormat } from "./types";

export const listExportFormats = () => get<ExportFormat[]>("/api/export-formats/");

export const readExport = (design_id: string, format: string, cloud: string | null, signal?: AbortSignal) =>
  get<ExportedFile[]>(`${address(design_id, format)}/files/${forCloud(cloud)}`, signal);

/** Where the browser fetches the file, or the zip of several. */
export const exportAddress = (design_id: string, format: string, cloud: string | null) =>
  `${address(design_id, format)}${forCloud(cloud)}`;

const address = (design_id: string, format: string) =>
  `/api/designs/${design_id}/export/${encodeURIComponent(format)}`;
const forCloud = (cloud: string | null) => (cloud ? `?cloud=${encodeURIComponent(cloud)}` : "");
