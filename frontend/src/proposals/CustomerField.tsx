import { Button, Modal, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { listCustomers } from "@/api/estimates";
import { keys } from "@/api/keys";
import { TermsForm } from "@/estimate/TermsForm";

import styles from "./ProposalEditor.module.css";

type Props = { chosen: string | null; onChoose: (id: string | null) => void };

/** For whom it is: somebody known, or somebody new with his terms. */
export function CustomerField({ chosen, onChoose }: Props) {
  const customers = useQuery({ queryKey: keys.customers, queryFn: listCustomers });
  const [adding, setAdding] = useState(false);
  return (
    <div className={styles.customer}>
      <Select
        label="Customer"
        placeholder={customers.data?.length === 0 ? "Nobody yet" : "Choose one"}
        data={(customers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={onChoose}
        searchable
      />
      <Button size="xs" leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => setAdding(true)}>
        New customer
      </Button>
      <Modal opened={adding} onClose={() => setAdding(false)} title="New customer" size={440}>
        <p className={styles.hint}>Mark-up and discounts are the seller’s alone: the customer sees what he pays.</p>
        <TermsForm
          onSaved={(id) => {
            setAdding(false);
            onChoose(id);
          }}
        />
      </Modal>
    </div>
  );
}
