import { useQuery } from "@tanstack/react-query";

import { listFindings } from "@/api/designs";
import { keys } from "@/api/keys";
import { useSettledVersion } from "@/stores/useSettledVersion";

/** What the server's review says about the last saved version. The list of before stays until the new one is there. */
export function useFindings(designId: string) {
  const version = useSettledVersion();
  return useQuery({
    queryKey: [...keys.findings(designId), version],
    queryFn: () => listFindings(designId),
    placeholderData: (before) => before,
  });
}
