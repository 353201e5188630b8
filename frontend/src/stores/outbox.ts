import { applyMergePatch, composePatches } from "@/document/mergePatch";
import type { DesignDocument, MergePatch } from "@/document/types";

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

/** Whether what a patch touched still hangs together: no half component, no parent or link end that is gone. */
export function isWhole(document: DesignDocument, patch: MergePatch): boolean {
  const touchedComponents = Object.keys((patch.components ?? {}) as object);
  const touchedLinks = Object.keys((patch.links ?? {}) as object);
  const removed = touchedComponents.some((id) => !(id in document.components));
  const components = removed ? Object.keys(document.components) : touchedComponents;
  const links = removed ? Object.keys(document.links) : touchedLinks;
  return (
    components.every((id) => {
      const component = document.components[id];
      if (!component) return true;
      return typeof component.type === "string" && (component.parent === undefined || component.parent in document.components);
    }) &&
    links.every((id) => {
      const link = document.links[id];
      return !link || (link.source in document.components && link.target in document.components);
    })
  );
}

