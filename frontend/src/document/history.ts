import { composePatches } from "./mergePatch";
import type { MergePatch } from "./types";

/** One thing that can be taken back. Selection, zoom and what came from the server never enter here. */
export type Entry = {
  id: number;
  label: string;
  redo: MergePatch;
  undo: MergePatch;
  /** Edits with the same burst that follow each other quickly are one entry: typing, stepping, nudging. */
  burst?: string | undefined;
  at: number;
  /**
   * The server made this edit, and the design had this version right after it. The server takes it back itself, with
   * what it remembers beside the document.
   */
  version?: number | undefined;
};

export type History = { past: readonly Entry[]; future: readonly Entry[] };

export const emptyHistory: History = { past: [], future: [] };
export const BURST_MILLISECONDS = 1500;

/** Add an entry; it continues the last one where both are of one burst. What was undone can't come back now. */
export function record(history: History, entry: Entry): History {
  const last = history.past.at(-1);
  if (last?.burst !== undefined && last.burst === entry.burst && entry.at - last.at <= BURST_MILLISECONDS) {
    const redo = composePatches(last.redo, entry.redo);
    const undo = composePatches(entry.undo, last.undo);
    if (redo && undo) return { past: [...history.past.slice(0, -1), { ...last, redo, undo, at: entry.at }], future: [] };
  }
  return { past: [...history.past, entry], future: [] };
}

export function stepBack(history: History): { entry: Entry; history: History } | undefined {
  const entry = history.past.at(-1);
  return entry && { entry, history: { past: history.past.slice(0, -1), future: [entry, ...history.future] } };
}

export function stepForward(history: History): { entry: Entry; history: History } | undefined {
  const [entry, ...future] = history.future;
  return entry && { entry, history: { past: [...history.past, { ...entry, burst: undefined }], future } };
}

/** The server took an entry back, or put it back: from then on it belongs to another version. */
export function atVersion(history: History, id: number, version: number): History {
  const moved = (entry: Entry): Entry => (entry.id === id ? { ...entry, version } : entry);
  return { past: history.past.map(moved), future: history.future.map(moved) };
}

/** Forget an entry whose edit the server refused: there is nothing to take back. */
export function forget(history: History, id: number): History {
  const others = (entry: Entry): boolean => entry.id !== id;
  return { past: history.past.filter(others), future: history.future.filter(others) };
}
