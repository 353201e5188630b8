import { useQuery } from "@tanstack/react-query";

import { getDesign, getTemplateUpdate } from "@/api/designs";
import { keys } from "@/api/keys";
import type { TemplateUpdate } from "@/api/types";
import { useSettledVersion } from "@/stores/useSettledVersion";

/** What a newer version of the design's template would change; undefined where there is no newer one. */
export function useTemplateUpdate(designId: string): { update: TemplateUpdate | undefined; template: string } {
  const version = useSettledVersion();
  // The layout has fetched it already, so this asks for nothing.
  const { data: design } = useQuery({
    queryKey: keys.design(designId),
    queryFn: ({ signal }) => getDesign(designId, signal),
    staleTime: Infinity,
  });
  const template = design?.template ?? "";
  const { data } = useQuery({
    queryKey: [...keys.template_update(designId), version],
    queryFn: ({ signal }) => getTemplateUpdate(designId, signal),
    enabled: template !== "",
    staleTime: 60_000,
    retry: false, // a template that was retired is no news
    placeholderData: (before) => before,
  });
  return { update: data && data.to_version > data.from_version ? data : undefined, template };
}
