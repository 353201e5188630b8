import { Button, TextInput } from "@mantine/core";
import { IconCopyPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { createVariant, listVariants } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Variant } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatChange, formatCoverage, formatMoney, isZero } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { BookPicker } from "./BookPicker";
import { DifferenceTable } from "./DifferenceTable";
import { TermsSelect } from "./TermsSelect";
import { useDesignQuery } from "./useDesignQuery";
import styles from "./VariantsScreen.module.css";

/** What if: copies of the design that were changed, side by side, each with its total in one or more books. */
export function VariantsScreen() {
  const [books, setBooks] = useState<readonly string[]>([]);
  const [customer, setCustomer] = useState("");
  const own = useDesignStore((state) => state.priceBook);
  const designId = useDesignStore((state) => state.designId) ?? "";
  const { data, error, refetch } = useDesignQuery(keys.variants, (id, signal) => listVariants(id, books.length > 0 ? books : [own], customer, signal), [...books, customer]);
  if (error) return <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Loading label="Variants are loading">
        <Skeleton width="100%" height={160} />
      </Loading>
    );
  const first = data[0];
  return (
    <>
      <div className={styles.toolbar}>
        <BookPicker chosen={books.length > 0 ? books : [own.split("@")[0] ?? own]} isAll={false} onChoose={setBooks} />
        <TermsSelect value={customer} onChange={setCustomer} />
        <NewVariant designId={designId} />
      </div>
      {customer && <p className={styles.hint}>Totals are what this customer pays; lines below are list prices, and the rest leads to the total.</p>}
      {data.length === 1 && <p className={styles.hint}>A variant is a copy of this design to try something in, such as smaller servers or another region. It stands here beside the others with what it costs.</p>}
      <div className={styles.frame}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col" className={styles.number}>
                Components
              </th>
              {first?.prices.map(({ price_book, price_book_title }) => (
                <th scope="col" key={price_book} className={styles.number}>
                  {price_book_title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((variant) => (
              <Row key={variant.id} variant={variant} isOpen={variant.id === designId} />
            ))}
          </tbody>
        </table>
      </div>
      {data.map(
        (variant) =>
          variant.differences &&
          variant.differences.lines.length > 0 && (
            <section key={variant.id} className={styles.differences}>
              <h2>
                {first?.label} to {variant.label}: {formatChange(variant.differences.monthly, variant.differences.currency)} a month
              </h2>
              <DifferenceTable differences={variant.differences} from={first?.label ?? "A"} to={variant.label} labels={{ ...first?.component_labels, ...variant.component_labels }} />
            </section>
          ),
      )}
    </>
  );
}

function Row({ variant, isOpen }: { variant: Variant; isOpen: boolean }) {
  return (
    <tr data-open={isOpen || undefined}>
      <th scope="row">
        <span className={styles.label}>{variant.label}</span>{" "}
        {isOpen ? <span className={styles.name}>{variant.name}, open now</span> : <Link to={`/designs/${variant.id}/estimate/variants`}>{variant.name}</Link>}
      </th>
      <td className={styles.number}>{variant.component_count}</td>
      {variant.prices.map((price) => (
        <td key={price.price_book} className={styles.number}>
          <span className={styles.amount}>{formatMoney(price.totals.monthly, price.currency)}</span>
          <span className={styles.about} data-warn={price.unpriced > 0 || undefined}>
            {isZero(price.difference_monthly) ? "" : `${formatChange(price.difference_monthly, price.currency)}, `}
            {price.unpriced > 0 ? `${countOf(price.unpriced, "line")} without a price` : formatCoverage(price.coverage)}
          </span>
        </td>
      ))}
    </tr>
  );
}

function NewVariant({ designId }: { designId: string }) {
  const [label, setLabel] = useState("");
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: async () => {
      await useDesignStore.getState().flush();
      return createVariant(designId, label.trim());
    },
    onSuccess: async () => {
      setLabel("");
      await client.invalidateQueries({ queryKey: keys.variants(designId) });
      void client.invalidateQueries({ queryKey: keys.designs, exact: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.new}>
      <TextInput
        size="xs"
        aria-label="Label of the new variant"
        placeholder="Next free letter"
        maxLength={60}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={create.isError && errorSentence(create.error)}
      />
      <Button size="xs" type="submit" loading={create.isPending} leftSection={<IconCopyPlus size={16} stroke={1.75} />}>
        Copy as variant
      </Button>
    </form>
  );
}
