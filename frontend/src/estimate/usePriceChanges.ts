import { useEffect, useState } from "react";

import type { Estimate } from "@/api/types";
import { addAmounts } from "@/ui/money";

/** How long a chip shows that its price is new. */
const FRESH_MILLISECONDS = 60_000;

/** An amount, and the version of the design that it is counted from. */
export type PriceChange = { amount: string; since: number };

type Watched = { estimate: Estimate | undefined; version: number; change: PriceChange | undefined; changed: ReadonlySet<string>; number: number };
const NONE: ReadonlySet<string> = new Set();

/**
 * What the last edit that cost anything did: to the total, and to which components. An edit that costs nothing,
 * such as a move, leaves it standing. Another price book starts anew: its prices are no change of the design.
 */
export function usePriceChanges(estimate: Estimate | undefined, version: number): { change: PriceChange | undefined; justChanged: ReadonlySet<string> } {
  const [watched, setWatched] = useState<Watched>({ estimate, version, change: undefined, changed: NONE, number: 0 });
  if (estimate !== watched.estimate) setWatched(compare(watched, estimate, version));
  const { number } = watched;
  useEffect(() => {
    if (number === 0) return undefined;
    const timer = setTimeout(() => setWatched((now) => ({ ...now, changed: NONE })), FRESH_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [number]);
  return { change: watched.change, justChanged: watched.changed };
}

function compare(watched: Watched, now: Estimate | undefined, version: number): Watched {
  const before = watched.estimate;
  if (!now || before?.price_book !== now.price_book) return { estimate: now, version, change: undefined, changed: NONE, number: 0 };
  const changed = Object.keys(now.components).filter((id) => now.components[id]?.monthly !== before.components[id]?.monthly);
  if (changed.length === 0 && before.totals.monthly === now.totals.monthly) return { ...watched, estimate: now, version };
  return {
    estimate: now,
    version,
    change: { amount: addAmounts([now.totals.monthly, negated(before.totals.monthly)]), since: watched.version },
    changed: new Set(changed),
    number: watched.number + 1,
  };
}

function negated(amount: string): string {
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
}
