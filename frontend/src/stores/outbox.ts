import { applyMergePatch, composePatches } from "@/document/mergePatch";
import type { DesignDocument, MergePatch } from "@/document/types";
import { isWhole } from "@/document/wholeness";

/** An edit that the server has not numbered yet. */
export type PendingEdit = {
  id: number;
  label: string;
  patch: MergePatch;
  /** Edits of one burst that wait together are sent as one. */
  burst?: string | undefined;
  /** The history entry it belongs to. */
  entry?: number | undefined;
};

/** Put an edit at the end; it joins the last one when both are of one burst and that one is still here. */
export function enqueue(pending: readonly PendingEdit[], edit: PendingEdit, sending: number | undefined): PendingEdit[] {
  const last = pending.at(-1);
  if (last?.burst !== undefined && last.burst === edit.burst && last.id !== sending) {
    const patch = composePatches(last.patch, edit.patch);
    if (patch) return [...pending.slice(0, -1), { ...last, patch }];
  }
  return [...pending, edit];
}

export type Rebased = { document: DesignDocument; kept: PendingEdit[]; dropped: PendingEdit[] };

/** The confirmed document with the waiting edits on top. An edit that no longer fits is left out, the rest stay. */
export function rebase(confirmed: DesignDocument, pending: readonly PendingEdit[]): Rebased {
  const result: Rebased = { document: confirmed, kept: [], dropped: [] };
  for (const edit of pending) {
    const next = applyMergePatch(result.document, edit.patch);
    if (isWhole(next, edit.patch)) {
      result.document = next;
      result.kept.push(edit);
    } else {
      result.dropped.push(edit);
    }
  }
  return result;
}
