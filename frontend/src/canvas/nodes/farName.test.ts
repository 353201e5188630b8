import { farName } from "./farName";

const card = { width: 176, height: 56 };
const compact = { width: 124, height: 44 };

test("a short name keeps its full size", () => {
  expect(farName("Web", card, 1 / 0.5)).toEqual({ font: 28, lines: 1 });
});

test("a longer name gets smaller before it gets cut", () => {
  expect(farName("App server 1", card, 1 / 0.5)).toMatchObject({ lines: 2 });
  expect(farName("App server 1", card, 1 / 0.5).font).toBeGreaterThanOrEqual(22);
});

test("on a small card a name of two words takes two lines", () => {
  expect(farName("Public network", compact, 1 / 0.55)).toMatchObject({ lines: 2 });
});

test("a name without end is cut and stays readable", () => {
  expect(farName("x".repeat(10_000), card, 2)).toEqual({ font: 20, lines: 2 });
});
