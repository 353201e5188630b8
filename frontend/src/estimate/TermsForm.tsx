import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence, refusedAt } from "@/api/client";
import { changeCustomer, createCustomer, type CustomerTerms, deleteCustomer } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Customer, Discount } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { IconButton } from "@/ui/IconButton";
import { UnitInput } from "@/ui/UnitInput";

import styles from "./TermsForm.module.css";

const NO_TERMS: CustomerTerms = { name: "", markup_percent: "0", tax_name: "", tax_percent: null, currency: "", discounts: [] };

// Where the server's refusals are shown; any other stands below the form.
const FIELDS: ReadonlySet<string> = new Set(["name", "markup_percent", "currency", "tax_name", "tax_percent"]);

type Props = { customer?: Customer | undefined; onSaved: (id: string) => void };

/** What is agreed with a customer; without one, a new one. `onSaved` gets "" when it was deleted. */
export function TermsForm({ customer, onSaved }: Props) {
  const [terms, setTerms] = useState<CustomerTerms>(customer ?? NO_TERMS);
  const client = useQueryClient();
  const designId = useDesignStore((state) => state.designId) ?? "";
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: keys.customers });
    await client.invalidateQueries({ queryKey: keys.estimate(designId) });
  };
  const save = useMutation({
    mutationFn: () => {
      const { name, markup_percent, tax_name, tax_percent, currency, discounts } = terms;
      const said = { name: name.trim(), markup_percent, tax_name, tax_percent, currency, discounts };
      return customer ? changeCustomer(customer.id, said) : createCustomer(said);
    },
    onSuccess: async (saved) => {
      await refresh();
      onSaved(saved.id);
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteCustomer(id),
    onSuccess: async () => {
      onSaved("");
      await refresh();
    },
  });
  const set = (change: Partial<CustomerTerms>) => setTerms((before) => ({ ...before, ...change }));
  const setRule = (index: number, change: Partial<Discount>) =>
    set({ discounts: terms.discounts.map((rule, at) => (at === index ? { ...rule, ...change } : rule)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const failed = save.error ?? remove.error;
  const refused = refusedAt(failed);
  const isSaidAtFields = Object.keys(refused).length > 0 && Object.keys(refused).every((at) => FIELDS.has(at));
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput size="xs" label="Name" data-autofocus error={refused.name} value={terms.name} maxLength={200} onChange={(event) => set({ name: event.currentTarget.value })} />
      <div className={styles.pair}>
        <Percent
          label="Mark-up"
          error={refused.markup_percent}
          value={terms.markup_percent}
          onChange={(markup_percent) => set({ markup_percent: markup_percent || "0" })}
        />
        <TextInput
          size="xs"
          label="Currency"
          error={refused.currency}
          placeholder="The book’s"
          maxLength={3}
          value={terms.currency}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          size="xs"
          label="Tax"
          placeholder="VAT"
          maxLength={40}
          error={refused.tax_name}
          value={terms.tax_name}
          onChange={(event) => set({ tax_name: event.currentTarget.value })}
        />
        <Percent
          label="Tax rate"
          error={refused.tax_percent}
          value={terms.tax_percent ?? ""}
          onChange={(tax) => set({ tax_percent: tax || null })}
        />
      </div>
      <fieldset className={styles.rules}>
        <legend>Discounts, each from what the one before has left</legend>
        {terms.discounts.map((rule, index) => (
          <div key={index} className={styles.rule} role="group" aria-label={`Discount ${String(index + 1)}`}>
            <NativeSelect
              size="xs"
              aria-label="On"
              value={rule.target}
              onChange={(event) => setRule(index, { target: event.currentTarget.value as Discount["target"], match: "" })}
              data={[
                { value: "all", label: "Everything" },
                { value: "service", label: "Service" },
                { value: "tier", label: "Tier" },
                { value: "component", label: "Component" },
              ]}
            />
            <TextInput
              size="xs"
              aria-label="Which one"
              placeholder={rule.target === "all" ? "" : rule.target === "service" ? "server" : "its id"}
              disabled={rule.target === "all"}
              value={rule.match}
              onChange={(event) => setRule(index, { match: event.currentTarget.value })}
            />
            <Percent ariaLabel="Percent" value={rule.percent} onChange={(percent) => setRule(index, { percent: percent || "0" })} />
            <IconButton label={`Remove discount ${String(index + 1)}`} size={28} onClick={() => set({ discounts: terms.discounts.filter((_, at) => at !== index) })}>
              <IconTrash size={14} stroke={1.75} />
            </IconButton>
          </div>
        ))}
        <Button size="xs" onClick={() => set({ discounts: [...terms.discounts, { target: "all", match: "", percent: "10", label: "" }] })}>
          Add discount
        </Button>
      </fieldset>
      {failed && !isSaidAtFields && (
        <p className={styles.error} role="alert">
          {errorSentence(failed)}
        </p>
      )}
      <div className={styles.buttons}>
        {customer && (
          <Button size="xs" onClick={() => remove.mutate(customer.id)}>
            Delete customer
          </Button>
        )}
        <Button size="xs" type="submit" loading={save.isPending} disabled={!terms.name.trim()}>
          {customer ? "Save terms" : "Create customer"}
        </Button>
      </div>
    </form>
  );
}

type PercentProps = { label?: string; ariaLabel?: string; error?: string | undefined; value: string; onChange: (value: string) => void };

function Percent({ label, ariaLabel, error, value, onChange }: PercentProps) {
  return (
    <UnitInput
      size="xs"
      label={label}
      aria-label={ariaLabel}
      error={error}
      unit="%"
      min={0}
      decimalScale={3}
      valueIsNumericString
      value={value === "" ? "" : String(Number(value))}
      onChange={(next) => onChange(String(next))}
    />
  );
}
