import { useState } from "react";

import { useDesignStore } from "./designStore";

/**
 * The version to ask the server about: the latest one, but not while edits are still on their way. Asking for each
 * version in a burst would only queue answers that nobody sees.
 */
export function useSettledVersion(): number {
  const version = useDesignStore((state) => state.version);
  const isSettled = useDesignStore((state) => state.pending.length === 0);
  const [settled, setSettled] = useState(version);
  if (isSettled && settled !== version) setSettled(version);
  return isSettled ? version : settled;
}
