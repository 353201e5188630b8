import { overlaps } from "@/document/geometry";
import type { Rect } from "@/document/types";

import { labelSize, placeLabels } from "./labels";
import { landingsOf, pathOf, type Route, routeLink } from "./routing";

const card = (x: number, y: number): Rect => ({ x, y, width: 176, height: 56 });
const isOrthogonal = (route: Route): boolean =>
  route.every((point, index) => index === 0 || point.x === route[index - 1]?.x || point.y === route[index - 1]?.y);

test("a link between cards above each other is one straight line", () => {
  const route = routeLink(card(0, 0), card(20, 200));

  expect(route).toHaveLength(2);
  expect(route[0]?.x).toBe(route[1]?.x);
});

test("links run along the axes wherever the cards stand", () => {
  for (const target of [card(400, 300), card(-400, 300), card(400, -300), card(30, 20), card(300, 10)]) {
    expect(isOrthogonal(routeLink(card(0, 0), target))).toBe(true);
  }
});

test("a link goes around a card that stands in its way", () => {
  const between = card(0, 150);

  const route = routeLink(card(0, 0), card(0, 300), [between]);

  const middle = route.slice(1).map((to, index) => ({ from: route[index] ?? to, to }));
  const hits = middle.filter(({ from, to }) =>
    overlaps(between, { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }),
  );
  expect(hits).toEqual([]);
});

test("links that arrive at one side land beside each other", () => {
  const rects = new Map([["a", card(-200, 0)], ["b", card(200, 0)], ["db", card(0, 200)]]);

  const landings = landingsOf([{ id: "1", source: "b", target: "db" }, { id: "2", source: "a", target: "db" }], rects);

  expect(landings.get("2")).toBe(-24);
  expect(landings.get("1")).toBe(24);
});

test("corners are rounded", () => {
  expect(pathOf([{ x: 0, y: 0 }, { x: 0, y: 50 }, { x: 50, y: 50 }])).toBe("M0 0L0 42Q0 50 8 50L50 50");
});

test("a label slides along its line until it covers no card", () => {
  const inTheWay: Rect = { x: -60, y: 80, width: 120, height: 56 };
  const route: Route = [{ x: 0, y: 0 }, { x: 0, y: 300 }];

  const place = placeLabels([{ id: "l", route, size: { width: 60, height: 18 } }], [inTheWay, card(-88, -56), card(-88, 300)]).get("l");

  expect(place?.x).toBe(0);
  const label = { x: (place?.x ?? 0) - 30, y: (place?.y ?? 0) - 9, width: 60, height: 18 };
  expect(overlaps(label, inTheWay)).toBe(false);
});

test("two labels on lines close together don't cover each other", () => {
  const routes = [0, 20].map((x) => ({ id: String(x), route: [{ x, y: 0 }, { x, y: 200 }] as Route, size: { width: 70, height: 18 } }));

  const places = placeLabels(routes, []);

  const [first, second] = [places.get("0"), places.get("20")];
  expect(Math.abs((first?.y ?? 0) - (second?.y ?? 0))).toBeGreaterThanOrEqual(18);
});

test.each([
  ["HTTP", "80", 61.9],
  ["MySQL", "3306", 84.5],
  ["Backup HTTPS", "443", 118.7],
  ["Memcached", "11211", 108.7],
])("room is kept for %s %s as wide as a browser draws it", (text, port, drawn) => {
  const { width } = labelSize(text, port);

  expect(width).toBeGreaterThanOrEqual(drawn - 1);
  expect(width).toBeLessThan(drawn + 9);
});
