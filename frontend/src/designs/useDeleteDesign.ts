import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { deleteDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import type { DesignSummary } from "@/api/types";
import { showToast } from "@/ui/toasts";

/** Take a design off the list at once and delete it when nobody asked for it back. */
export function useDeleteDesign(): { remove: (design: DesignSummary) => void; refusal: string | null } {
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);

  const remove = (design: DesignSummary) => {
    setRefusal(null);
    queryClient.setQueryData<DesignSummary[]>(keys.designs, (designs) => designs?.filter(({ id }) => id !== design.id));
    showToast({
      text: `${design.name} was deleted`,
      action: { label: "Undo", run: () => void bringBack() },
      onGone: () => void deleteDesign(design.id).catch(refuse),
    });
  };
  const bringBack = () => queryClient.invalidateQueries({ queryKey: keys.designs, exact: true });
  const refuse = (error: unknown) => {
    setRefusal(errorSentence(error));
    void bringBack();
  };
  return { remove, refusal };
}
