import type { OfferContents } from "@/api/types";
import { formatChange, formatMoney, subtractAmounts } from "@/ui/money";
import { Pill } from "@/ui/Pill";

import styles from "./OptionCards.module.css";

type Props = { contents: OfferContents; chosen: string; onChoose: (letter: string) => void };

/** The options side by side: what each costs, and how it stands to the first. */
export function OptionCards({ contents, chosen, onChoose }: Props) {
  const [first] = contents.options;
  return (
    <div className={styles.cards} role="radiogroup" aria-label="Options">
      {contents.options.map((option) => {
        const { net, months, term } = option.sums;
        const against = first ? subtractAmounts(net.monthly, first.sums.net.monthly) : "0";
        return (
          <label key={option.letter} className={styles.card} data-chosen={option.letter === chosen || undefined}>
            <input
              type="radio"
              name="option"
              className={styles.radio}
              checked={option.letter === chosen}
              onChange={() => onChoose(option.letter)}
            />
            <span className={styles.head}>
              <span className={styles.name}>
                Option {option.letter}, {option.name}
              </span>
              {option.letter === contents.recommended && <Pill tone="accent">recommended</Pill>}
              {option !== first && <Pill>{formatChange(against, contents.currency)}</Pill>}
            </span>
            <span className={styles.amount}>
              {formatMoney(net.monthly, contents.currency)} <span className={styles.period}>a month</span>
            </span>
            <span className={styles.note}>
              {months} months: {formatMoney(term, contents.currency)}.{" "}
              {Number(net.one_time) > 0 ? `${formatMoney(net.one_time, contents.currency)} once.` : "Nothing to pay once."}
            </span>
          </label>
        );
      })}
    </div>
  );
}
