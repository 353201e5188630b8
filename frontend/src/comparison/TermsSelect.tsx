import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { listCustomers } from "@/api/estimates";
import { keys } from "@/api/keys";

/** List prices, or what one customer pays. Nothing to choose while there are no customers. */
export function TermsSelect({ value, onChange }: { value: string; onChange: (customer: string) => void }) {
  const { data: customers = [] } = useQuery({ queryKey: keys.customers, queryFn: listCustomers });
  if (customers.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label="Terms"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: "List prices" }, ...customers.map(({ id, name }) => ({ value: id, label: `${name}’s terms` }))]}
    />
  );
}
