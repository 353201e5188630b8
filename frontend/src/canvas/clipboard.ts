import { clipOf, pasteClip, removeComponents } from "@/document/commands";
import { freshIdsFor } from "@/document/ids";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

type Clip = ReturnType<typeof clipOf>;

let copied: Clip | undefined;
let pastes = 0;

export function copySelection(): void {
  const { selection } = useSessionStore.getState();
  if (selection.length === 0) return;
  copied = clipOf(useDesignStore.getState().document, selection);
  pastes = 0;
}

export function pasteCopied(): void {
  if (!copied) return;
  pastes += 1;
  put(copied, 24 * pastes, "Paste");
}

export function duplicateSelection(): void {
  const { selection } = useSessionStore.getState();
  if (selection.length > 0) put(clipOf(useDesignStore.getState().document, selection), 24, "Duplicate");
}

export function removeSelection(): void {
  const { selection, link, select } = useSessionStore.getState();
  const { perform, document } = useDesignStore.getState();
  if (link !== undefined) {
    useDesignStore.getState().applyPatch({ links: { [link]: null } }, "Remove link");
  } else if (selection.length > 0) {
    const label = selection.length === 1 ? `Remove ${document.components[selection[0] ?? ""]?.label ?? "component"}` : "Remove components";
    perform(removeComponents, { ids: [...selection] }, { label });
  } else return;
  select([]);
}

function put(clip: Clip, offset: number, label: string): void {
  const { document, perform } = useDesignStore.getState();
  const { selection, select, say } = useSessionStore.getState();
  const freshIds = freshIdsFor(document, clip);
  const outcome = perform(pasteClip, { clip, freshIds, offset, parent: selection.at(-1) }, { label });
  if (!outcome.done) {
    say(outcome.reason, outcome.advice);
    return;
  }
  select(Object.entries(clip.components).flatMap(([id, { parent }]) => (parent !== undefined && parent in clip.components ? [] : (freshIds[id] ?? []))));
}
