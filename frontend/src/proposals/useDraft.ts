import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { keys } from "@/api/keys";
import { changeProposal, getProposal } from "@/api/proposals";
import type { Draft } from "@/api/types";

import { isMaking } from "./making";

const PAUSE_MS = 500;
const LOOK_MS = 1500; // while files are being made
const MOST_LOOKS = 200; // nobody may be making them

/**
 * A proposal's draft as it is being written. What was typed shows at once and is kept after a short pause; what
 * the server refuses stays in the field, with the reason in `refusal`.
 */
export function useDraft(id: string) {
  const queryClient = useQueryClient();
  const proposal = useQuery({
    queryKey: keys.proposal(id),
    queryFn: () => getProposal(id),
    refetchInterval: ({ state }) =>
      state.data?.versions.some(({ files }) => isMaking(files)) && state.dataUpdateCount < MOST_LOOKS ? LOOK_MS : false,
  });
  const [typed, setTyped] = useState<Draft>({});
  const waiting = useRef<Draft>({});
  const timer = useRef<number | undefined>(undefined);
  const queue = useRef<Promise<unknown>>(Promise.resolve()); // one after the other, so that the last words stay
  const save = useMutation({
    mutationFn: (asked: { customer?: string | null; draft?: Draft }) => changeProposal(id, asked),
    onSuccess: async (kept) => {
      queryClient.setQueryData(keys.proposal(id), kept);
      await queryClient.invalidateQueries({ queryKey: keys.proposal_preview(id) });
    },
  });
  const { mutateAsync } = save;
  const send = useCallback(
    (asked: { customer?: string | null; draft?: Draft }) => {
      const sent = queue.current.catch(() => undefined).then(() => mutateAsync(asked));
      queue.current = sent;
      return sent;
    },
    [mutateAsync],
  );
  const flush = useCallback(async () => {
    window.clearTimeout(timer.current);
    const draft = waiting.current;
    waiting.current = {};
    if (Object.keys(draft).length === 0) return queue.current;
    return send({ draft }).catch((refusal: unknown) => {
      waiting.current = { ...draft, ...waiting.current }; // it goes along with the next words
      throw refusal;
    });
  }, [send]);
  const flushQuietly = useCallback(() => void flush().catch(() => undefined), [flush]); // `refusal` says why not
  useEffect(() => flushQuietly, [flushQuietly]); // what was typed just before leaving is kept too
  const write = useCallback(
    (change: Draft) => {
      setTyped((before) => ({ ...before, ...change }));
      waiting.current = { ...waiting.current, ...change };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flushQuietly, PAUSE_MS);
    },
    [flushQuietly],
  );
  return {
    proposal,
    draft: proposal.data ? { ...proposal.data.draft, ...typed } : undefined,
    write,
    flush,
    chooseCustomer: (customer: string | null) => void send({ customer }).catch(() => undefined),
    isSaving: save.isPending,
    refusal: save.error,
  };
}
