import { describe, expect, it } from "vitest";

import { formatAgo, formatDuration } from "./times";

const NOW = Date.parse("2026-11-20T14:00:00Z");

describe("times", () => {
  it.each([
    ["2026-11-20T13:59:40Z", "now"],
    ["2026-11-20T13:56:00Z", "4 min ago"],
    ["2026-11-20T12:00:00Z", "2 h ago"],
    ["2026-11-19T10:00:00Z", "Yesterday"],
    ["2026-11-14T10:00:00Z", "14 Nov"],
    ["2025-11-14T10:00:00Z", "14 Nov 2025"],
  ])("says %s as %s", (timestamp, words) => {
    expect(formatAgo(timestamp, NOW)).toBe(words);
  });

  it("treats a clock that runs ahead as now", () => {
    expect(formatAgo("2026-11-20T14:00:30Z", NOW)).toBe("now");
  });

  it("says durations in the two largest units", () => {
    expect(formatDuration(41)).toBe("41 s");
    expect(formatDuration(161)).toBe("2 min 41 s");
    expect(formatDuration(3725)).toBe("1 h 2 min");
  });
});
