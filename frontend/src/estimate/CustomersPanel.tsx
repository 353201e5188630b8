import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { listCustomers } from "@/api/estimates";
import { keys } from "@/api/keys";

import styles from "./CustomersPanel.module.css";
import { Rates } from "./Rates";
import { SidePanel } from "./SidePanel";
import { TermsForm } from "./TermsForm";

type Props = { chosen: string | undefined; onChoose: (id: string) => void; onClose: () => void };

const NEW = "new";

/** What is agreed with customers, for the seller's eyes: mark-up, discounts by rule, tax and currency. */
export function CustomersPanel({ chosen, onChoose, onClose }: Props) {
  const customers = useQuery({ queryKey: keys.customers, queryFn: listCustomers });
  const [edited, setEdited] = useState<string>(chosen ?? "");
  const customer = customers.data?.find(({ id }) => id === edited);
  return (
    <SidePanel title="Terms" onClose={onClose}>
      <p className={styles.hint}>Mark-up and discounts are seen here and in your own exports, never in the customer’s.</p>
      {customers.isError && <p className={styles.error}>{errorSentence(customers.error)}</p>}
      <NativeSelect
        size="xs"
        label="Customer"
        value={edited}
        onChange={(event) => {
          setEdited(event.currentTarget.value);
          if (event.currentTarget.value !== NEW) onChoose(event.currentTarget.value);
        }}
        data={[
          { value: "", label: "List prices, no customer" },
          ...(customers.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          { value: NEW, label: "New customer" },
        ]}
      />
      {(customer ?? edited === NEW) && (
        <TermsForm
          key={edited}
          customer={customer}
          onSaved={(id) => {
            setEdited(id);
            onChoose(id);
          }}
        />
      )}
      <Rates />
    </SidePanel>
  );
}
