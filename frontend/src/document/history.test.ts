import { emptyHistory, type Entry, forget, record, stepBack, stepForward } from "./history";

let id = 0;
const entry = (change: Partial<Entry>): Entry => ({ id: ++id, label: "Edit", redo: {}, undo: {}, at: 0, ...change });

test("what was done last is undone first, and can be done again", () => {
  const first = entry({ label: "Add" });
  const second = entry({ label: "Move" });
  const history = record(record(emptyHistory, first), second);

  const back = stepBack(history);
  const forth = back && stepForward(back.history);

  expect(back?.entry).toBe(second);
  expect(forth?.entry.id).toBe(second.id);
  expect(forth?.history.past.map((one) => one.id)).toEqual([first.id, second.id]);
});

test("a new edit ends what could be done again", () => {
  const back = stepBack(record(emptyHistory, entry({})));

  expect(record(back?.history ?? emptyHistory, entry({})).future).toEqual([]);
});

test("typing is one entry that goes back to before the first letter", () => {
  const one = entry({ burst: "web label", at: 0, redo: { label: "S" }, undo: { label: "Web" } });
  const two = entry({ burst: "web label", at: 300, redo: { label: "Sh" }, undo: { label: "S" } });

  const { past } = record(record(emptyHistory, one), two);

  expect(past).toHaveLength(1);
  expect(past[0]).toMatchObject({ id: one.id, redo: { label: "Sh" }, undo: { label: "Web" } });
});

test("after a pause, or in another field, typing is a new entry", () => {
  const one = entry({ burst: "web label", at: 0 });

  expect(record(record(emptyHistory, one), entry({ burst: "web label", at: 5000 })).past).toHaveLength(2);
  expect(record(record(emptyHistory, one), entry({ burst: "web count", at: 100 })).past).toHaveLength(2);
});

test("there is no end to what can be undone", () => {
  let history = emptyHistory;
  for (let count = 0; count < 500; count += 1) history = record(history, entry({}));

  expect(history.past).toHaveLength(500);
});

test("a refused edit leaves nothing to undo", () => {
  const kept = entry({});
  const refused = entry({});

  expect(forget(record(record(emptyHistory, kept), refused), refused.id).past).toEqual([kept]);
});
