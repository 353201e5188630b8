import { ApiError } from "@/api/client";
import { addComponent, connect, removeComponents, renameComponent, setProperty } from "@/document/commands";
import { applyMergePatch, inversePatch } from "@/document/mergePatch";
import { aDesign, catalogue } from "@/document/testing/catalogue";
import type { DesignDocument, MergePatch } from "@/document/types";

import { createDesignStore } from "./designStore";

/** A server that keeps one design, and does for the next calls what it is told. */
function aServer(document: DesignDocument = aDesign()) {
  const server = {
    document,
    version: 0,
    saved: [] as MergePatch[],
    failures: [] as ApiError[],
    underWay: 0,
    mostAtOnce: 0,
    load: () => Promise.resolve({ document: server.document, version: server.version }),
    save: async (_id: string, patch: MergePatch) => {
      server.underWay += 1;
      server.mostAtOnce = Math.max(server.mostAtOnce, server.underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      server.underWay -= 1;
      const failure = server.failures.shift();
      if (failure) throw failure;
      server.saved.push(patch);
      server.document = applyMergePatch(server.document, patch);
      server.version += 1;
      return { version: server.version };
    },
    /** What it can take back and put back, newest last; the other way round once asked. */
    own: [] as { undo: MergePatch; redo: MergePatch }[],
    asked: [] as string[],
    undo: () => server.revert("undo"),
    redo: () => server.revert("redo"),
    revert: (direction: "undo" | "redo") => {
      server.asked.push(direction);
      const failure = server.failures.shift();
      if (failure) return Promise.reject(failure);
      const edit = server.own.at(-1);
      if (!edit) return Promise.reject(new ApiError(409, "nothing_to_undo", "There is nothing to undo."));
      server.document = applyMergePatch(server.document, edit[direction]);
      server.version += 1;
      return Promise.resolve({ version: server.version, patch: edit[direction] });
    },
    /** An edit by the server itself, such as following a template. */
    edit: (patch: MergePatch) => {
      server.own.push({ redo: patch, undo: inversePatch(server.document, patch) });
      server.document = applyMergePatch(server.document, patch);
      server.version += 1;
    },
  };
  return server;
}

function open(server = aServer(), storage = window.sessionStorage) {
  const store = createDesignStore({ transport: server, storage, burstPause: 30, retryAfter: [100, 100], now: Date.now });
  store.getState().setCatalogue(catalogue);
  store.getState().open({ id: "d1", name: "Shop", price_book: "rackspace", document: server.document, version: server.version });
  return { store, server, state: store.getState };
}

const offline = (): ApiError => new ApiError(0, "offline", "No answer.");
const refused = (detail: string): ApiError => new ApiError(409, "edit_refused", "This edit can't be kept.", [{ at: "components", detail }]);

beforeEach(() => {
  vi.useFakeTimers();
  window.sessionStorage.clear();
});
afterEach(() => vi.useRealTimers());

test("an edit shows at once and is saved soon after", async () => {
  const { state, server } = open();

  state().perform(addComponent, { id: "web2", type: "web_server", parent: "sn" });
  expect(state().document.components.web2).toBeDefined();
  expect(state().saveState.kind).toBe("saving");

  await vi.runAllTimersAsync();
  expect(server.document.components.web2).toMatchObject({ parent: "sn" });
  expect(state()).toMatchObject({ version: 1, saveState: { kind: "saved" } });
});

test("edits are sent in order, one at a time", async () => {
  const { state, server } = open();

  state().perform(addComponent, { id: "web2", type: "web_server", parent: "sn" });
  state().perform(connect, { id: "l1", source: "lb", target: "web2" });
  state().perform(removeComponents, { ids: ["web"] });
  await vi.runAllTimersAsync();

  expect(server.saved.map((patch) => Object.keys(patch))).toEqual([["components"], ["links"], ["components", "links"]]);
  expect(server.mostAtOnce).toBe(1);
});

test("typing is sent as one edit and undone as one", async () => {
  const { state, server } = open();

  for (const label of ["S", "Sh", "Shop"]) {
    state().perform(renameComponent, { id: "web", label }, { burst: "web name" });
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.runAllTimersAsync();
  expect(server.saved).toEqual([{ components: { web: { label: "Shop" } } }]);

  state().undo();
  await vi.runAllTimersAsync();
  expect(server.document.components.web?.label).toBe("Web server");
});

test("undo is an edit that restores, redo one that does it again", async () => {
  const { state, server } = open();
  const before = server.document;

  state().perform(removeComponents, { ids: ["sn"] });
  state().undo();
  await vi.runAllTimersAsync();
  expect(server.document).toEqual(before);
  expect(state()).toMatchObject({ canUndo: false, canRedo: true });

  state().redo();
  await vi.runAllTimersAsync();
  expect(server.document.components.sn).toBeUndefined();
});

test("without a connection edits are kept, counted, and sent when it is back", async () => {
  const { state, server } = open();
  server.failures.push(offline());

  state().perform(addComponent, { id: "web2", type: "web_server", parent: "sn" });
  await vi.advanceTimersByTimeAsync(50);
  state().perform(connect, { id: "l1", source: "lb", target: "web2" });
  expect(state().saveState).toEqual({ kind: "offline", waiting: 2 });

  await vi.runAllTimersAsync();
  expect(state().saveState.kind).toBe("saved");
  expect(server.document.links.l1).toMatchObject({ target: "web2" });
});

test("a reload loses nothing that was not saved", async () => {
  const server = aServer();
  const first = open(server);
  server.failures.push(offline(), offline());
  first.state().perform(setProperty, { id: "web", name: "count", value: 3 });
  await vi.advanceTimersByTimeAsync(50);

  const second = open(server);
  expect(second.state().document.components.web?.properties).toEqual({ count: 3 });

  await vi.runAllTimersAsync();
  expect(server.document.components.web?.properties).toEqual({ count: 3 });
});

test("an edit that had arrived before the reload is not sent again", async () => {
  const server = aServer();
  const { state } = open(server);
  state().perform(setProperty, { id: "web", name: "count", value: 3 });
  server.document = applyMergePatch(server.document, { components: { web: { properties: { count: 3 } } } });

  const second = open(server);

  expect(second.state().pending).toEqual([]);
});

test("a refused edit is taken back with its reason, and the others stay", async () => {
  const { state, server } = open();
  server.failures.push(refused("Count is 200 servers at most, not 400."));

  state().perform(setProperty, { id: "web", name: "count", value: 400 });
  state().perform(renameComponent, { id: "web", label: "Shop" });
  await vi.runAllTimersAsync();

  expect(state().document.components.web).toMatchObject({ label: "Shop" });
  expect(state().document.components.web?.properties).toBeUndefined();
  expect(server.document.components.web?.label).toBe("Shop");
  expect(state().saveState).toMatchObject({ kind: "refused", detail: "“Change property” was not kept. Count is 200 servers at most, not 400." });
  expect(state().history.past.map((entry) => entry.label)).toEqual(["Rename"]);
});

test("what hangs on a refused edit goes with it", async () => {
  const { state, server } = open();
  server.failures.push(refused("Not here."));

  state().perform(addComponent, { id: "web2", type: "web_server", parent: "sn" });
  state().perform(connect, { id: "l1", source: "lb", target: "web2" });
  state().perform(renameComponent, { id: "db", label: "Archive" });
  await vi.runAllTimersAsync();

  expect(state().document.links.l1).toBeUndefined();
  expect(state().document.components.web2).toBeUndefined();
  expect(server.document.components.db?.label).toBe("Archive");
});

test("a refusal is gone once it was read", async () => {
  const { state, server } = open();
  server.failures.push(refused("No."));
  state().perform(setProperty, { id: "web", name: "count", value: 400 });
  await vi.runAllTimersAsync();

  state().dismissRefusal();

  expect(state().saveState).toEqual({ kind: "saved" });
});

test("a server that breaks on one edit does not hold up the others for ever", async () => {
  const { state, server } = open();
  server.failures.push(...Array.from({ length: 3 }, () => new ApiError(500, "unexpected_answer", "The server answered 500.")));

  state().perform(setProperty, { id: "web", name: "count", value: 3 });
  state().perform(renameComponent, { id: "db", label: "Archive" });
  await vi.runAllTimersAsync();

  expect(server.document.components.db?.label).toBe("Archive");
  expect(state().saveState.kind).toBe("refused");
});

test("edits by somebody else in between are fetched, and ours go on top", async () => {
  const { state, server } = open();
  server.document = applyMergePatch(server.document, { components: { db: { label: "Theirs" } } });
  server.version = 4;

  state().perform(renameComponent, { id: "web", label: "Ours" });
  await vi.runAllTimersAsync();

  expect(state().version).toBe(5);
  expect(state().document.components.db?.label).toBe("Theirs");
  expect(state().document.components.web?.label).toBe("Ours");
});

test("an edit that the rules forbid is never sent", () => {
  const { state } = open();

  const outcome = state().perform(connect, { id: "l1", source: "lb", target: "db" });

  expect(outcome).toMatchObject({ done: false, reason: "A load balancer doesn’t reach a managed database." });
  expect(state().pending).toEqual([]);
});

test("flush waits for the last edit, and says so when it can't be stored", async () => {
  const { state, server } = open();
  state().perform(renameComponent, { id: "web", label: "Shop" });
  const stored = state().flush();
  await vi.runAllTimersAsync();
  await expect(stored).resolves.toBeUndefined();

  server.failures.push(offline());
  state().perform(renameComponent, { id: "web", label: "Shop 2" });
  const failing = expect(state().flush()).rejects.toThrow("can’t be reached");
  await vi.advanceTimersByTimeAsync(50);
  await failing;
});

test("an edit of the server is taken back by the server, which remembers more than the document", async () => {
  const { state, server } = open();
  server.edit({ components: { web: { label: "From the template" } } });

  await state().adoptServerEdit("Bring up to version 2");
  expect(state().document.components.web?.label).toBe("From the template");

  state().undo();
  await vi.runAllTimersAsync();
  expect(state().document.components.web?.label).toBe("Web server");
  state().redo();
  await vi.runAllTimersAsync();

  expect(server.asked).toEqual(["undo", "redo"]);
  expect(server.saved).toEqual([]);
  expect(state().document).toEqual(server.document);
  expect(state()).toMatchObject({ version: 3, canUndo: true, canRedo: false });
});

test("after other edits were taken back, the server takes back its own", async () => {
  const { state, server } = open();
  server.edit({ components: { web: { label: "From the template" } } });
  await state().adoptServerEdit("Bring up to version 2");
  state().perform(renameComponent, { id: "db", label: "Accounts" });
  await vi.runAllTimersAsync();

  // Twice in a row: the second waits until the server has the first.
  state().undo();
  state().undo();
  await vi.runAllTimersAsync();

  expect(server.asked).toEqual(["undo"]);
  expect(server.document).toEqual(aDesign());
  expect(state().document).toEqual(aDesign());
});

test("what the server can't take back any more, the browser does", async () => {
  const { state, server } = open();
  server.edit({ components: { web: { label: "From the template" } } });
  await state().adoptServerEdit("Bring up to version 2");
  server.own = [];

  state().undo();
  await vi.runAllTimersAsync();

  expect(server.document).toEqual(aDesign());
});

test("what somebody changed since stays, with the reason, and what was done before can still be taken back", async () => {
  const { state, server } = open();
  state().perform(renameComponent, { id: "db", label: "Accounts" });
  await vi.runAllTimersAsync();
  server.edit({ components: { web: { label: "From the template" } } });
  await state().adoptServerEdit("Bring up to version 2");
  server.failures.push(new ApiError(409, "undo_conflict", "components.web.label was changed since, so the edit stays."));

  state().undo();
  await vi.runAllTimersAsync();
  expect(server.document.components.web?.label).toBe("From the template");
  expect(state().saveState).toMatchObject({ kind: "refused", detail: expect.stringContaining("was changed since") as string });

  state().undo();
  await vi.runAllTimersAsync();
  expect(server.document.components.db?.label).toBe("Orders");
});

test("an edit of the server is never taken back by halves: without the server it stays, to try again", async () => {
  const { state, server } = open();
  server.edit({ components: { web: { label: "From the template" } } });
  await state().adoptServerEdit("Bring up to version 2");
  server.failures.push(offline());

  state().undo();
  await vi.runAllTimersAsync();
  expect(state().saveState).toMatchObject({ kind: "refused", detail: expect.stringContaining("can’t be reached") as string });
  expect(server.saved).toEqual([]);

  state().undo();
  await vi.runAllTimersAsync();
  expect(server.document).toEqual(aDesign());
});
