import { Button, NumberInput, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import type { Estimate } from "@/api/types";
import { formatMoney } from "@/ui/money";

import { type Budget, BudgetBar } from "./BudgetBar";
import styles from "./BudgetFigure.module.css";
import { Figure } from "./Summary";
import { useChangeBudget } from "./useChangeBudget";

/** What the design may cost a month, and where that can be said. */
export function BudgetFigure({ estimate }: { estimate: Estimate }) {
  const { budget } = estimate;
  const change = useChangeBudget();
  const [isOpen, setOpen] = useState(false);
  return (
    <Figure
      label="Budget a month"
      amount={
        <span className={styles.line}>
          {budget ? formatMoney(budget.monthly, budget.currency) : "None yet"}
          <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus withinPortal returnFocus>
            <Popover.Target>
              <Button size="xs" className={styles.edit} onClick={() => setOpen(!isOpen)}>
                {budget ? "Change" : "Set a budget"}
              </Button>
            </Popover.Target>
            <Popover.Dropdown>
              <BudgetForm
                budget={budget}
                currency={estimate.currency}
                error={change.isError ? errorSentence(change.error) : undefined}
                isSaving={change.isPending}
                onSave={(next) => change.mutate(next, { onSuccess: () => setOpen(false) })}
              />
            </Popover.Dropdown>
          </Popover>
        </span>
      }
    >
      {budget ? (
        <BudgetBar budget={budget} />
      ) : (
        "Warns at 80% and at 100%"
      )}
    </Figure>
  );
}

type FormProps = {
  budget: Budget | null;
  currency: string;
  error: string | undefined;
  isSaving: boolean;
  onSave: (budget: { monthly: string; currency: string } | null) => void;
};

function BudgetForm({ budget, currency, error, isSaving, onSave }: FormProps) {
  const [amount, setAmount] = useState(budget?.monthly ?? "");
  const [code, setCode] = useState(budget?.currency ?? currency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ monthly: amount, currency: code });
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <div className={styles.fields}>
        <NumberInput
          label="A month, at most"
          value={amount}
          onChange={(value) => setAmount(String(value))}
          min={0.01}
          decimalScale={2}
          hideControls
          thousandSeparator=","
          valueIsNumericString
          data-autofocus
        />
        <TextInput label="Currency" value={code} maxLength={3} onChange={(event) => setCode(event.currentTarget.value.toUpperCase())} />
      </div>
      {error && <p className={styles.error}>{error}</p>}
      <div className={styles.buttons}>
        {budget && (
          <Button size="xs" onClick={() => onSave(null)}>
            Remove
          </Button>
        )}
        <Button size="xs" variant="filled" type="submit" loading={isSaving} disabled={!(Number(amount) > 0)}>
          Save budget
        </Button>
      </div>
    </form>
  );
}
