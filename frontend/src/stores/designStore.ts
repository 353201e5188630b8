import { create, type StoreApi, type UseBoundStore } from "zustand";

import { ApiError, type Reason } from "@/api/client";
import { getDesign, patchDocument, redoEdit, undoEdit } from "@/api/designs";
import type { Design } from "@/api/types";
import { type Command, EditNotPossible, patchFor } from "@/document/commands";
import { atVersion, emptyHistory, type Entry, forget, type History, record, stepBack, stepForward } from "@/document/history";
import { applyMergePatch, changesNothing, inversePatch, patchBetween } from "@/document/mergePatch";
import { type Catalogue, type DesignDocument, emptyDocument, type MergePatch } from "@/document/types";
import { isWhole } from "@/document/wholeness";

import { keepEdits, readKeptEdits } from "./keptEdits";
import { enqueue, type PendingEdit, rebase } from "./outbox";

/** What the store asks of the server. */
export type Transport = {
  load: (designId: string) => Promise<{ document: DesignDocument; version: number }>;
  save: (designId: string, patch: MergePatch) => Promise<{ version: number }>;
  /** Take back the edit of this number, or put back what this person took back last. */
  undo: (designId: string, edit: number) => Promise<{ version: number; patch: MergePatch }>;
  redo: (designId: string) => Promise<{ version: number; patch: MergePatch }>;
};

export type OpenedDesign = Pick<Design, "id" | "name" | "price_book" | "document" | "version">;
export type Outcome = { done: true } | { done: false; reason: string; advice?: string | undefined };

/** The word in the top bar: always exactly one of four. */
export type SaveState =
  | { kind: "saved" }
  | { kind: "saving" }
  | { kind: "offline"; waiting: number }
  | { kind: "refused"; detail: string; reasons?: readonly Reason[] };

type Facts = {
  designId: string | null;
  name: string;
  priceBook: string;
  catalogue: Catalogue;
  /** As the server has it. */
  confirmed: DesignDocument;
  version: number;
  /** As it is on screen: confirmed, with what waits on top. */
  document: DesignDocument;
  history: History;
  pending: readonly PendingEdit[];
  /** Id of the edit that is on its way. One at a time, in order. */
  sending: number | undefined;
  offline: boolean;
  refusal: { detail: string; reasons: readonly Reason[] } | undefined;
};

/** What follows from the facts, kept beside them so that a component can subscribe to just that. */
type Derived = { saveState: SaveState; canUndo: boolean; canRedo: boolean };

export type DesignState = Facts &
  Derived & {
    open: (design: OpenedDesign) => void;
    setCatalogue: (catalogue: Catalogue) => void;
    setName: (name: string) => void;
    setPriceBook: (priceBook: string) => void;
    /** Do one thing to the design. Edits of one `burst` that follow each other quickly are undone together. */
    perform: <Args>(command: Command<Args>, args: Args, options?: { burst?: string; label?: string }) => Outcome;
    /** Apply a patch that came ready-made, such as a finding's fix. */
    applyPatch: (patch: MergePatch, label: string) => Outcome;
    /** The server has just made an edit by itself: fetch it, show it, and let it be taken back like any other. */
    adoptServerEdit: (label: string) => Promise<void>;
    undo: () => void;
    redo: () => void;
    /** Resolves when the server has every edit; rejects with a sentence when it can't be reached. */
    flush: () => Promise<void>;
    retryNow: () => void;
    /** The person has read why. */
    dismissRefusal: () => void;
  };

export type DesignStore = UseBoundStore<StoreApi<DesignState>>;

type Options = {
  transport: Transport;
  storage: Storage;
  /** Milliseconds that an edit of a burst waits for the next one. */
  burstPause?: number;
  /** Milliseconds before the first, second, … try again. */
  retryAfter?: readonly number[];
  now?: () => number;
};

const SERVER_TRIES = 3;
const REFUSAL_STAYS = 20_000;
const REMOVED_MEANWHILE = "What it changed was removed meanwhile.";
const NOT_ANSWERING = "Only the server can take this back, and it can’t be reached. Try again when it answers.";
const NOT_STORED = "The server can’t be reached, so the latest edits are only in this browser. They are sent when it answers again.";

const nothingOpen: Facts = {
  designId: null,
  name: "",
  priceBook: "",
  catalogue: new Map(),
  confirmed: emptyDocument,
  version: 0,
  document: emptyDocument,
  history: emptyHistory,
  pending: [],
  sending: undefined,
  offline: false,
  refusal: undefined,
};

export function createDesignStore({
  transport,
  storage,
  burstPause = 30,
  retryAfter = [1000, 2000, 5000, 10_000],
  now = Date.now,
}: Options): DesignStore {
  return create<DesignState>()((set, get) => {
    let nextId = 1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    let askingServer = false;
    /** A refusal stays until it was read, or until a later edit is saved a good while after. */
    let refusedAt = 0;
    let waitingForCalm: { resolve: () => void; reject: (error: Error) => void }[] = [];

    const change = (facts: Partial<Facts>): void => {
      set((state) => ({ ...facts, ...derive({ ...state, ...facts }, state) }));
      const { designId, pending, offline } = get();
      if (facts.pending && designId !== null) keepEdits(storage, designId, pending);
      if (pending.length === 0) waitingForCalm.splice(0).forEach(({ resolve }) => resolve());
      else if (offline) waitingForCalm.splice(0).forEach(({ reject }) => reject(new Error(NOT_STORED)));
    };

    const sendIn = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void sendNext(), milliseconds);
    };

    /** Show an edit at once and send it soon. */
    const commit = (edit: Omit<PendingEdit, "id">, history: History): void => {
      const { document, pending, sending, offline } = get();
      change({
        document: applyMergePatch(document, edit.patch),
        pending: enqueue(pending, { ...edit, id: nextId++ }, sending),
        history,
      });
      if (!offline) sendIn(edit.burst === undefined ? 0 : burstPause);
    };

    const commitNew = (label: string, patch: MergePatch, burst?: string): void => {
      const { document, history } = get();
      const entry = { id: nextId++, label, redo: patch, undo: inversePatch(document, patch), burst, at: now() };
      const recorded = record(history, entry);
      commit({ label, patch, burst, entry: recorded.past.at(-1)?.id }, recorded);
    };

    /** Send the first waiting edit, then the next. Whatever happens to one, the others are kept. */
    const sendNext = async (): Promise<void> => {
      const { designId, pending, sending } = get();
      const [edit] = pending;
      if (designId === null || sending !== undefined || !edit) return;
      change({ sending: edit.id });
      const outcome = await transport.save(designId, edit.patch).then(
        ({ version }) => ({ version }),
        (error: unknown) => ({ error }),
      );
      if (get().designId !== designId) return; // another design was opened; this edit is kept in storage
      if ("version" in outcome) {
        tries = 0;
        await settle(designId, edit, outcome.version);
      } else if (comesBack(outcome.error) && !(isServerFault(outcome.error) && tries + 1 >= SERVER_TRIES)) {
        change({ sending: undefined, offline: true });
        sendIn(retryAfter[Math.min(tries, retryAfter.length - 1)] ?? 10_000);
        tries += 1;
        return;
      } else {
        tries = 0;
        refuse(edit, outcome.error);
      }
      if (get().pending.length > 0) sendIn(0);
    };

    const settle = async (designId: string, edit: PendingEdit, version: number): Promise<void> => {
      const facts: Partial<Facts> = now() - refusedAt > REFUSAL_STAYS ? { refusal: undefined } : {};
      const withoutIt = (): PendingEdit[] => get().pending.filter((one) => one.id !== edit.id);
      if (version !== get().version + 1) {
        // Somebody else's edits came in between, and the server's order is the truth.
        const loaded = await transport.load(designId).catch(() => undefined);
        if (get().designId !== designId) return;
        if (loaded) {
          adopt(loaded.document, loaded.version, withoutIt(), facts);
          return;
        }
      }
      // What is on screen has this edit already. The document stays the same object, so that nothing is drawn again.
      const pending = withoutIt();
      const confirmed = pending.length === 0 ? get().document : applyMergePatch(get().confirmed, edit.patch);
      change({ ...facts, confirmed, version, pending, sending: undefined, offline: false });
    };

    const refuse = (edit: PendingEdit, error: unknown): void => {
      const { confirmed, version, pending, history } = get();
      const detail = error instanceof Error ? error.message : String(error);
      const reasons = error instanceof ApiError ? error.reasons : [];
      refusedAt = now();
      adopt(confirmed, version, pending.filter((one) => one.id !== edit.id), {
        refusal: { detail: `“${edit.label}” was not kept. ${reasons.length === 1 ? (reasons[0]?.detail ?? detail) : detail}`, reasons },
        history: edit.entry === undefined ? history : forget(history, edit.entry),
      });
    };

    /** Take a confirmed document and put what waits back on top of it. */
    const adopt = (confirmed: DesignDocument, version: number, waiting: readonly PendingEdit[], facts: Partial<Facts>): void => {
      const { document, kept, dropped } = rebase(confirmed, waiting);
      let history = facts.history ?? get().history;
      for (const edit of dropped) {
        if (edit.entry !== undefined) history = forget(history, edit.entry);
        refusedAt = now();
        facts = { ...facts, refusal: facts.refusal ?? { detail: `“${edit.label}” was not kept. ${REMOVED_MEANWHILE}`, reasons: [] } };
      }
      change({ ...facts, confirmed, version, document, pending: kept, sending: undefined, offline: false, history });
    };

    const travel = (step: typeof stepBack, direction: "undo" | "redo"): void => {
      for (;;) {
        const { document, history } = get();
        const found = step(history);
        if (!found) return;
        const { version } = found.entry;
        if (version !== undefined && (direction === "undo" || version === get().version)) {
          if (get().pending.length === 0) void askServer(found, version, direction);
          // The server takes back what it made once it has all that came later.
          else void get().flush().then(() => travel(step, direction), () => leaveAsItIs(found.entry, NOT_ANSWERING));
          return;
        }
        const patch = found.entry[direction];
        if (!changesNothing(document, patch) && isWhole(applyMergePatch(document, patch), patch)) {
          const label = direction === "undo" ? `Undo: ${found.entry.label}` : found.entry.label;
          commit({ label, patch, entry: found.entry.id }, found.history);
          return;
        }
        change({ history: forget(history, found.entry.id) }); // somebody else has removed it; try the one before
      }
    };

    const takeBack = ({ entry, history }: { entry: Entry; history: History }, direction: "undo" | "redo"): void =>
      commit({ label: entry.label, patch: entry[direction], entry: entry.id }, history);

    /** Without the server only half of it would happen: the document would go back, and what is remembered beside it stay. */
    const leaveAsItIs = (entry: Entry, why: string, history = get().history): void => {
      refusedAt = now();
      change({ history, refusal: { detail: `“${entry.label}” stays as it is. ${why}`, reasons: [] } });
    };

    /** Where the server knows of no such edit any more, the patch does it. */
    const askServer = async (found: { entry: Entry; history: History }, edit: number, direction: "undo" | "redo"): Promise<void> => {
      const { entry, history } = found;
      const { designId, version: before, pending } = get();
      if (designId === null || askingServer) return;
      askingServer = true;
      const answer = await transport[direction](designId, edit).catch((error: unknown) => ({ error }));
      askingServer = false;
      if (get().designId !== designId) return;
      if ("error" in answer) {
        if (comesBack(answer.error)) leaveAsItIs(entry, NOT_ANSWERING);
        else if (answer.error instanceof ApiError && answer.error.code === "undo_conflict") leaveAsItIs(entry, answer.error.detail, forget(get().history, entry.id));
        else takeBack(found, direction);
        return;
      }
      if (answer.version === before + 1 && get().version === before && pending === get().pending) {
        adopt(applyMergePatch(get().confirmed, answer.patch), answer.version, [], { history: atVersion(history, entry.id, answer.version) });
        return;
      }
      const loaded = await transport.load(designId).catch(() => undefined);
      if (loaded && get().designId === designId) adopt(loaded.document, loaded.version, get().pending, { history: forget(get().history, entry.id) });
    };

    return {
      ...nothingOpen,
      ...derive(nothingOpen),

      open: ({ id, name, price_book, document, version }) => {
        const state = get();
        if (state.designId === id) {
          change({ name, priceBook: price_book });
          // An answer that is older than what we have, or that crosses an edit on its way, is no news.
          if (version > state.version && state.sending === undefined) adopt(document, version, state.pending, {});
          return;
        }
        clearTimeout(timer);
        tries = 0;
        waitingForCalm = [];
        const { catalogue } = state;
        set({ pending: [] }); // not `change`: what the other design still had to send stays in storage
        const opened = { ...nothingOpen, catalogue, designId: id, name, priceBook: price_book, version, document, confirmed: document };
        set({ ...opened, ...derive(opened) });
        for (const kept of readKeptEdits(storage, id)) {
          const { document: shown } = get();
          if (!changesNothing(shown, kept.patch) && isWhole(applyMergePatch(shown, kept.patch), kept.patch)) commitNew(kept.label, kept.patch);
        }
        keepEdits(storage, id, get().pending);
      },

      setCatalogue: (catalogue) => change({ catalogue }),
      setName: (name) => change({ name }),
      setPriceBook: (priceBook) => change({ priceBook }),

      perform: (command, args, options = {}) => {
        const { document, catalogue } = get();
        try {
          const patch = patchFor(command, document, args, catalogue);
          if (!changesNothing(document, patch)) commitNew(options.label ?? command.label, patch, options.burst);
          return { done: true };
        } catch (error) {
          if (error instanceof EditNotPossible) return { done: false, reason: error.message, advice: error.advice };
          throw error;
        }
      },

      applyPatch: (patch, label) => {
        const { document } = get();
        if (!isWhole(applyMergePatch(document, patch), patch)) return { done: false, reason: REMOVED_MEANWHILE };
        if (!changesNothing(document, patch)) commitNew(label, patch);
        return { done: true };
      },

      adoptServerEdit: async (label) => {
        const { designId, confirmed } = get();
        if (designId === null) return;
        const { document, version } = await transport.load(designId);
        if (get().designId !== designId) return;
        const redo = patchBetween(confirmed, document);
        const entry = { id: nextId++, label, redo, undo: inversePatch(confirmed, redo), at: now(), version };
        adopt(document, version, get().pending, { history: record(get().history, entry) });
      },

      undo: () => travel(stepBack, "undo"),
      redo: () => travel(stepForward, "redo"),

      flush: () => {
        const { pending, sending } = get();
        if (pending.length === 0) return Promise.resolve();
        const calm = new Promise<void>((resolve, reject) => waitingForCalm.push({ resolve, reject }));
        if (sending === undefined) sendIn(0);
        return calm;
      },

      retryNow: () => {
        if (get().pending.length > 0) sendIn(0);
      },
      dismissRefusal: () => change({ refusal: undefined }),
    };
  });
}

function derive(facts: Facts, before?: Derived): Derived {
  return {
    saveState: keepIfSame(saveStateOf(facts), before?.saveState),
    canUndo: facts.history.past.length > 0,
    canRedo: facts.history.future.length > 0,
  };
}

function saveStateOf({ refusal, offline, pending }: Facts): SaveState {
  if (refusal) return { kind: "refused", ...refusal };
  if (offline && pending.length > 0) return { kind: "offline", waiting: pending.length };
  return pending.length > 0 ? { kind: "saving" } : { kind: "saved" };
}

function keepIfSame(state: SaveState, before: SaveState | undefined): SaveState {
  return before && JSON.stringify(before) === JSON.stringify(state) ? before : state;
}

/** No answer, or one that will be another later. Signed out counts: the edits wait for the sign-in. */
function comesBack(error: unknown): boolean {
  return error instanceof ApiError && ([0, 401, 403, 408, 425, 429].includes(error.status) || error.status >= 500);
}

/** The server answered and broke: after a few tries it is this edit, and the ones behind it must not wait for ever. */
function isServerFault(error: unknown): boolean {
  return error instanceof ApiError && error.status === 500;
}

export const useDesignStore = createDesignStore({
  transport: { load: getDesign, save: patchDocument, undo: undoEdit, redo: redoEdit },
  storage: window.localStorage,
});

// Back on line: don't wait for the next try.
window.addEventListener("online", () => useDesignStore.getState().retryNow());
