import { TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";

import type { Draft, ProposalPreview } from "@/api/types";
import { formatMoney } from "@/ui/money";

import styles from "./SellersView.module.css";

type Props = { preview: ProposalPreview; draft: Draft; write: (change: Draft) => void };

/** What each option costs, brings and leaves. It stays on this side. */
export function SellersView({ preview, draft, write }: Props) {
  const { customer, seller } = preview;
  const money = (amount: string) => formatMoney(amount, customer.currency);
  const rows: { words: string; amounts: string[]; isTotal?: boolean }[] = [
    { words: "Cost", amounts: seller.options.map(({ sums }) => money(sums.cost.monthly)) },
    { words: "Mark-up", amounts: seller.options.map(({ sums }) => money(sums.markup.monthly)) },
    {
      words: "Discounts",
      amounts: customer.options.map(({ sums }) =>
        money(String(-sums.discounts.reduce((total, { monthly }) => total + Number(monthly), 0))),
      ),
    },
    { words: "Customer pays", amounts: seller.options.map(({ sums }) => money(sums.net.monthly)), isTotal: true },
    {
      words: "Margin",
      amounts: seller.options.map(({ sums }) => (sums.margin_percent === null ? "–" : `${sums.margin_percent}%`)),
    },
    { words: "Once", amounts: seller.options.map(({ sums }) => money(sums.net.one_time)) },
  ];
  return (
    <section className={styles.view} aria-label="Price">
      <h2 className={styles.heading}>Price, a month</h2>
      <table className={styles.table}>
        {seller.options.length > 1 && (
          <thead>
            <tr>
              <td />
              {seller.options.map(({ letter }) => (
                <th key={letter} scope="col">
                  Option {letter}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(({ words, amounts, isTotal }) => (
            <tr key={words} data-total={isTotal ?? undefined}>
              <th scope="row">{words}</th>
              {amounts.map((amount, at) => (
                <td key={at}>{amount}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>
        <IconLock size={14} stroke={1.75} aria-hidden="true" />
        Cost, mark-up and margin never leave this view.
      </p>
      <TextInput
        label="Mark-up, %"
        description="Empty takes the customer's."
        inputMode="decimal"
        value={draft.markup_percent ?? ""}
        onChange={(event) => write({ markup_percent: event.currentTarget.value || null })}
      />
    </section>
  );
}
