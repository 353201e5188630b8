import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { get } from "@/api/client";
import { getEstimate } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Estimate, Finding } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";

const NO_FINDINGS: readonly Finding[] = [];

/**
 * The version to ask the server about: the latest one, but not while edits are still on their way. Asking for each
 * version in a burst would only queue answers that nobody sees.
 */
function useSettledVersion(): number {
  const version = useDesignStore((state) => state.version);
  const isSettled = useDesignStore((state) => state.pending.length === 0);
  const [settled, setSettled] = useState(version);
  if (isSettled && settled !== version) setSettled(version);
  return isSettled ? version : settled;
}

/** The estimate of the version on the server. The last one stays on screen until the next is there. */
export function useEstimate(): { estimate: Estimate | undefined; error: Error | null } {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const priceBook = useDesignStore((state) => state.priceBook);
  const version = useSettledVersion();
  const { data, error } = useQuery({
    queryKey: [...keys.estimate(designId, priceBook), version],
    // A newer version cancels the question about an older one.
    queryFn: ({ signal }) => getEstimate(designId, priceBook, signal),
    enabled: designId !== "",
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return { estimate: data, error };
}

export function useFindings(): readonly Finding[] {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const version = useSettledVersion();
  const { data } = useQuery({
    queryKey: [...keys.findings(designId), version],
    queryFn: ({ signal }) => get<Finding[]>(`/api/designs/${encodeURIComponent(designId)}/findings/`, signal),
    enabled: designId !== "",
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return data ?? NO_FINDINGS;
}
