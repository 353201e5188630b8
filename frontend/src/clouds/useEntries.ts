import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { listEntries } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { CloudEntry } from "@/api/types";

const NONE: CloudEntry[] = [];

/**
 * What the pasted text holds, as soon as it is a file of clouds. While a changed text is read, the former list stays
 * in sight, so that a choice survives a corrected password.
 */
export function useEntries(text: string) {
  const isFile = /^[\s{]*["']?clouds["']?\s*:/m.test(text);
  const query = useQuery({
    queryKey: keys.entries(text),
    queryFn: () => listEntries(text),
    enabled: isFile,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0, // the text holds a secret: forget it with the panel
  });
  return {
    entries: (isFile && query.data) || NONE,
    isReading: isFile && query.isFetching,
    error: isFile ? query.error : null,
    readAgain: () => void query.refetch(),
  };
}
