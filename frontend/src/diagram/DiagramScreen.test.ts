import { expect, it } from "vitest";

import { fileName } from "./DiagramScreen";

it.each([
  ["Web shop", "web-shop"],
  ["../../etc/passwd", "etc-passwd"],
  ["Ärger & Söhne", "arger-sohne"],
  ["東京", "東京"],
  ["!!!", "diagram"],
])("a diagram of %s is saved under %s", (name, file) => {
  expect(fileName(name)).toBe(file);
});
