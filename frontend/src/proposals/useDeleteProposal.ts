import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { deleteProposal } from "@/api/proposals";
import type { Proposal, ProposalRow } from "@/api/types";
import { showToast } from "@/ui/toasts";

/** Leave the editor, and delete the proposal with its versions and links when nobody asked for it back. */
export function useDeleteProposal(designId: string): (proposal: Proposal) => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.proposals, exact: true });
  return ({ id, number }) => {
    void navigate(`/designs/${designId}/proposal`);
    showToast({
      text: `${number} goes with its versions and links.`,
      action: { label: "Undo", run: () => void navigate(`/designs/${designId}/proposal/${id}`) },
      onGone: () =>
        void deleteProposal(id)
          .then(() => {
            queryClient.removeQueries({ queryKey: keys.proposal(id) });
            queryClient.setQueryData<ProposalRow[]>(keys.proposals, (rows) => rows?.filter((row) => row.id !== id));
          })
          .catch((refusal: unknown) => showToast({ text: errorSentence(refusal) }))
          .then(refresh),
    });
  };
}
