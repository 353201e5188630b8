import { TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";

import type { Draft, OfferContents, ProposalPreview, SellerContents } from "@/api/types";
import { addAmounts, formatMoney, subtractAmounts } from "@/ui/money";

import styles from "./SellersView.module.css";

type Props = { preview: ProposalPreview; draft: Draft; write: (change: Draft) => void };

/** Two amounts fit beside each other; further options stand below. */
const ABREAST = 2;

/** What each option costs, brings and leaves. It stays on this side. */
export function SellersView({ preview, draft, write }: Props) {
  const { customer, seller } = preview;
  const groups = Array.from({ length: Math.ceil(seller.options.length / ABREAST) }, (_, at) => at * ABREAST);
  return (
    <section className={styles.view} aria-label="Price">
      <h2 className={styles.heading}>Price, a month</h2>
      {groups.map((at) => (
        <Sums
          key={at}
          offered={customer.options.slice(at, at + ABREAST)}
          earned={seller.options.slice(at, at + ABREAST)}
          currency={customer.currency}
          isAlone={seller.options.length === 1}
        />
      ))}
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

type SumsProps = {
  offered: OfferContents["options"];
  earned: SellerContents["options"];
  currency: string;
  isAlone: boolean;
};

function Sums({ offered, earned, currency, isAlone }: SumsProps) {
  const money = (amount: string) => formatMoney(amount, currency);
  const rows: { words: string; amounts: string[]; isTotal?: boolean }[] = [
    { words: "Cost", amounts: earned.map(({ sums }) => money(sums.cost.monthly)) },
    { words: "Mark-up", amounts: earned.map(({ sums }) => money(sums.markup.monthly)) },
    {
      words: "Discounts",
      amounts: offered.map(({ sums }) => money(subtractAmounts("0.00", addAmounts(sums.discounts.map(({ monthly }) => monthly))))),
    },
    { words: "Customer pays", amounts: earned.map(({ sums }) => money(sums.net.monthly)), isTotal: true },
    {
      words: "Margin",
      amounts: earned.map(({ sums }) => (sums.margin_percent === null ? "–" : `${sums.margin_percent}%`)),
    },
    { words: "Once", amounts: earned.map(({ sums }) => money(sums.net.one_time)) },
  ];
  return (
    <table className={styles.table}>
      {!isAlone && (
        <thead>
          <tr>
            <td />
            {earned.map(({ letter }) => (
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
  );
}
