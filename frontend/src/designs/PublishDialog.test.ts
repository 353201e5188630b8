import { keyFor } from "./PublishDialog";

test("a title becomes a key that every address takes", () => {
  expect(keyFor("Web shop, large")).toBe("web-shop-large");
  expect(keyFor("  Épicerie №7! ")).toBe("epicerie-no7");
  expect(keyFor("3 tiers")).toBe("tiers");
  expect(keyFor("日本")).toBe("");
});
