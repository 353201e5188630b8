import { Button, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { ApiError, errorSentence } from "@/api/client";
import { setApprovalRule } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { ApprovalRule } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./ApprovalsScreen.module.css";

/** For staff: the limit, its currency, and who may approve. */
export function ApprovalRuleForm({ rule, onDone }: { rule: ApprovalRule; onDone: () => void }) {
  const [above, setAbove] = useState(rule.monthly_above ?? "");
  const [currency, setCurrency] = useState(rule.currency);
  const [approvers, setApprovers] = useState(rule.approvers.map(({ username }) => username));
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      setApprovalRule({ monthly_above: above.trim() || null, currency: currency.trim().toUpperCase(), approvers }),
    onSuccess: (saved) => {
      queryClient.setQueryData(keys.approval_rule, saved);
      void queryClient.invalidateQueries({ queryKey: keys.plans_to_approve });
      onDone();
    },
  });
  const reasons = save.error instanceof ApiError ? save.error.reasons : [];
  const wrong = (field: string) => reasons.find((reason) => reason.at.startsWith(field))?.detail;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Rule">
      {save.isError && reasons.length === 0 && <ErrorNotice title={errorSentence(save.error)} />}
      <div className={styles.fields}>
        <TextInput
          label="A month at most"
          description="Empty: no plan needs an approval"
          inputMode="decimal"
          value={above}
          error={wrong("monthly_above")}
          onChange={(event) => setAbove(event.currentTarget.value)}
        />
        <TextInput
          label="Currency"
          description="Three letters"
          maxLength={3}
          value={currency}
          error={wrong("currency")}
          onChange={(event) => setCurrency(event.currentTarget.value)}
        />
        <TagsInput
          label="Who may approve"
          description="User names; nobody approves a plan of their own"
          value={approvers}
          error={wrong("approvers")}
          onChange={setApprovers}
        />
      </div>
      <div className={styles.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save the rule
        </Button>
      </div>
    </form>
  );
}
