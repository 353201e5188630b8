import { describe, expect, it } from "vitest";

import { addAmounts, formatChange, formatCoverage, formatMoney, subtractAmounts } from "./money";

describe("money", () => {
  it("shows two decimals and thousands", () => {
    expect(formatMoney("1347.9", "USD")).toBe("$1,347.90");
    expect(formatMoney("704.184", "EUR")).toBe("€704.18");
  });

  it("puts a true minus before the currency", () => {
    expect(formatMoney("-10.95", "USD")).toBe("−$10.95");
  });

  it("never shows minus zero", () => {
    expect(formatMoney("-0.001", "USD")).toBe("$0.00");
  });

  it("gives a change its sign, also when nothing changes", () => {
    expect(formatChange("335.37", "USD")).toBe("+$335.37");
    expect(formatChange("-10.95", "USD")).toBe("−$10.95");
    expect(formatChange("0.00", "USD")).toBe("±$0.00");
  });

  it("keeps the dollars apart", () => {
    expect(formatMoney("616.94", "AUD")).toBe("A$616.94");
    expect(formatMoney("81.69", "NZD")).toBe("NZ$81.69");
  });

  it("shows an amount in a currency that browsers don't know", () => {
    expect(formatMoney("3.5", "CREDITS")).toBe("CREDITS 3.50");
  });

  it("does not say 100% while something has no price", () => {
    expect(formatCoverage("0.999")).toBe("99% priced");
    expect(formatCoverage("1")).toBe("100% priced");
    expect(formatCoverage("0.92")).toBe("92% priced");
  });

  it("adds amounts exactly", () => {
    expect(addAmounts(["0.1", "0.2"])).toBe("0.3");
    expect(addAmounts(["108.04", "49.93", "-10.95", "0"])).toBe("147.02");
    expect(addAmounts(["0.005", "-1"])).toBe("-0.995");
    expect(addAmounts([])).toBe("0");
    expect(subtractAmounts("390.35", "297.546")).toBe("92.804");
    expect(subtractAmounts("-10.95", "-10.95")).toBe("0.00");
  });
});
