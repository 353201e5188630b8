import type { MergePatch } from "@/document/types";

/** Edits that the server has not confirmed, kept in the browser so that a reload or a crash loses nothing. */
export type KeptEdit = { label: string; patch: MergePatch };

const keyFor = (design_id: string): string => `stackdraft.edits.${design_id}`;

export function keepEdits(storage: Storage, design_id: string, edits: readonly KeptEdit[]): void {
  try {
    if (edits.length === 0) storage.removeItem(keyFor(design_id));
    else storage.setItem(keyFor(design_id), JSON.stringify(edits.map(({ label, patch }) => ({ label, patch }))));
  } catch {
    // Storage full or forbidden: the edits are still in memory and will be sent from there.
  }
}

export function readKeptEdits(storage: Storage, design_id: string): KeptEdit[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyFor(design_id)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKeptEdit) : [];
  } catch {
    return [];
  }
}

function isKeptEdit(value: unknown): value is KeptEdit {
  return typeof value === "object" && value !== null && "patch" in value && typeof value.patch === "object" && value.patch !== null;
}
