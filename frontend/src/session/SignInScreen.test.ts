import { expect, it } from "vitest";

import { safePlace } from "./SignInScreen";

it("goes on to where someone wanted to be", () => {
  expect(safePlace("/designs/7/draw?select=web")).toBe("/designs/7/draw?select=web");
});

it.each([
  null,
  "",
  "https://elsewhere.example/",
  "//elsewhere.example/",
  "/\\elsewhere.example",
  "javascript:alert(1)",
])("does not follow %s to somebody else's page", (next) => {
  expect(safePlace(next)).toBe("/designs");
});
