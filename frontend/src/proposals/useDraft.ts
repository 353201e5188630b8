import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { keys } from "@/api/keys";
import { changeProposal, getProposal } from "@/api/proposals";
import type { Draft } from "@/api/types";

const PAUSE_MS = 500;

/**
 * A proposal's draft as it is being written. What was typed shows at once and is kept after a short pause; what
 * the server refuses stays in the field, with the reason in `refusal`.
 */
export function useDraft(id: string) {
  const queryClient = useQueryClient();
  const proposal = useQuery({ queryKey: keys.proposal(id), queryFn: () => getProposal(id) });
  const [typed, setTyped] = useState<Draft>({});
  const waiting = useRef<Draft>({});
  const timer = useRef<number | undefined>(undefined);
  const save = useMutation({
    mutationFn: (asked: { customer?: string | null; draft?: Draft }) => changeProposal(id, asked),
    onSuccess: async (kept) => {
      queryClient.setQueryData(keys.proposal(id), kept);
      await queryClient.invalidateQueries({ queryKey: keys.proposal_preview(id) });
    },
  });
  const { mutate } = save;
  const flush = useCallback(() => {
    window.clearTimeout(timer.current);
    if (Object.keys(waiting.current).length > 0) mutate({ draft: waiting.current });
    waiting.current = {};
  }, [mutate]);
  useEffect(() => flush, [flush]); // what was typed just before leaving is kept too
  const write = useCallback(
    (change: Draft) => {
      setTyped((before) => ({ ...before, ...change }));
      waiting.current = { ...waiting.current, ...change };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, PAUSE_MS);
    },
    [flush],
  );
  return {
    proposal,
    draft: proposal.data ? { ...proposal.data.draft, ...typed } : undefined,
    write,
    flush,
    chooseCustomer: (customer: string | null) => mutate({ customer }),
    isSaving: save.isPending,
    refusal: save.error,
  };
}
