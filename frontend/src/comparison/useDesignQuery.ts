import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useDesignStore } from "@/stores/designStore";
import { useSettledVersion } from "@/stores/useSettledVersion";

/** An answer about the open design as the server has it, asked for anew after each edit and for another price book. */
export function useDesignQuery<Answer>(
  key: (designId: string) => readonly unknown[],
  ask: (designId: string, signal: AbortSignal) => Promise<Answer>,
  about: readonly unknown[] = [],
  enabled = true,
) {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const priceBook = useDesignStore((state) => state.priceBook);
  const version = useSettledVersion();
  return useQuery({
    queryKey: [...key(designId), priceBook, version, ...about],
    queryFn: ({ signal }) => ask(designId, signal),
    enabled: enabled && designId !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
