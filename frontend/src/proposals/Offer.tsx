import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { Amounts, OfferContents, OfferExtra, OfferOption, OfferRow } from "@/api/types";
import { formatMoney } from "@/ui/money";
import { Pill } from "@/ui/Pill";

import styles from "./Offer.module.css";
import { viewLabel } from "./views";

type Props = {
  contents: OfferContents;
  option: OfferOption;
  /** Where a view of the option's drawing is. */
  pictureOf: (view: string) => string;
  /** On paper a drawing is light, whatever the screen is. */
  on?: "paper" | "page";
};

/** One option of a proposal as its customer reads it: the drawing, what is in it, what it costs and why. */
export function Offer({ contents, option, pictureOf, on = "paper" }: Props) {
  return (
    <div className={styles.offer}>
      {option.intro.map((words, at) => (
        <p key={at} className={styles.lead}>
          {words}
        </p>
      ))}
      <Drawing option={option} pictureOf={pictureOf} on={on} />
      {option.callouts.length > 0 && (
        <ol className={styles.callouts}>
          {option.callouts.map(({ number, text }) => (
            <li key={number}>
              <span className={styles.badge}>{number}</span>
              {text}
            </li>
          ))}
        </ol>
      )}
      <Pairs title="What you receive" rows={option.included.map(({ title, text }) => [title, text])} />
      <Bill option={option} currency={contents.currency} />
      {option.assumptions.length > 0 && (
        <section>
          <h2 className={styles.heading}>Use and assumptions</h2>
          <ul className={styles.list}>
            {option.assumptions.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      )}
      <Pairs title="Not priced, and why" rows={option.not_priced.map(({ item, reason }) => [item, reason || "…"])} />
      <Pairs
        title="Advice, and why it was not taken"
        rows={option.accepted_findings.map(({ summary, detail, reason }) => [`${summary}. ${detail}`, reason])}
      />
      <Pairs title="Terms" rows={contents.terms.map(({ title, text }) => [title, text])} />
    </div>
  );
}

function Drawing({ option, pictureOf, on }: Required<Omit<Props, "contents">>) {
  const [view, setView] = useState("");
  const pictures = [option.picture, ...(option.more_pictures ?? [])];
  const shown = pictures.find((picture) => picture.view === view) ?? option.picture;
  const address = pictureOf(shown.view);
  return (
    <figure className={styles.figure} data-on={on}>
      {(pictures.length > 1 || on === "page") && (
        <div className={styles.views}>
          {pictures.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="View of the drawing"
              value={shown.view}
              onChange={setView}
              data={pictures.map((picture) => ({ value: picture.view, label: viewLabel(picture.view) }))}
            />
          )}
          {on === "page" && (
            <a className={styles.larger} href={address} target="_blank" rel="noreferrer">
              Open it larger
            </a>
          )}
        </div>
      )}
      <img className={styles.drawing} src={address} alt={shown.alternative} />
    </figure>
  );
}

function Pairs({ title, rows }: { title: string; rows: (readonly [string, string] | string[])[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      <dl className={styles.pairs}>
        {rows.map(([name = "", words = ""], at) => (
          <div key={at} className={styles.pair}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Bill({ option, currency }: { option: OfferOption; currency: string }) {
  return (
    <section>
      <h2 className={styles.heading}>Bill of quantities</h2>
      <div className={styles.scroll}>
        <table className={styles.bill} aria-label={`Bill of quantities, option ${option.letter}`}>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className={styles.number}>
                Quantity
              </th>
              <th scope="col">Unit</th>
              <th scope="col" className={styles.number}>
                Unit price
              </th>
              <th scope="col" className={styles.number}>
                A month
              </th>
            </tr>
          </thead>
          {option.bill.map((tier) => (
            <tbody key={tier.label}>
              <Tier label={tier.label} monthly={tier.monthly} currency={currency} />
              {tier.rows.map((row, at) => (
                <Row
                  key={`${row.id} ${at}`}
                  title={row.item}
                  detail={row.match ? `${row.description} · ${row.match}` : row.description}
                  row={row}
                  currency={currency}
                />
              ))}
            </tbody>
          ))}
          {option.extras.length > 0 && (
            <tbody>
              <Tier label="Services" monthly={option.sums.extras.monthly} currency={currency} />
              {option.extras.map((extra, at) => (
                <Row
                  key={`${extra.title} ${at}`}
                  title={extra.title}
                  detail={extra.detail}
                  row={extra}
                  currency={currency}
                />
              ))}
            </tbody>
          )}
        </table>
      </div>
      <Totals option={option} currency={currency} />
    </section>
  );
}

function Tier({ label, monthly, currency }: { label: string; monthly: string | null; currency: string }) {
  return (
    <tr className={styles.tier}>
      <th scope="rowgroup" colSpan={4}>
        {label}
      </th>
      <td className={styles.number}>{monthly === null ? <NoPrice /> : formatMoney(monthly, currency)}</td>
    </tr>
  );
}

type RowProps = { title: string; detail: string; row: OfferRow | OfferExtra; currency: string };

function Row({ title, detail, row, currency }: RowProps) {
  const once = row.one_time !== null && Number(row.one_time) > 0 ? row.one_time : null;
  return (
    <tr>
      <td>
        {title}
        {detail && <span className={styles.detail}>{detail}</span>}
      </td>
      <td className={styles.number}>{formatQuantity(row.quantity)}</td>
      <td className={styles.unit}>{row.unit}</td>
      <td className={styles.number}>{row.unit_price === null ? "–" : formatUnitPrice(row.unit_price, currency)}</td>
      <td className={styles.number}>
        {row.unit_price === null ? <NoPrice /> : row.monthly === null ? "–" : formatMoney(row.monthly, currency)}
        {once && <span className={styles.detail}>{formatMoney(once, currency)} once</span>}
      </td>
    </tr>
  );
}

function Totals({ option, currency }: { option: OfferOption; currency: string }) {
  const { sums } = option;
  const rows: { words: string; amounts: Amounts; isTotal?: boolean; isTaken?: boolean }[] = [];
  if (sums.discounts.length > 0 || option.extras.length > 0) {
    rows.push({ words: "Sum of the lines", amounts: sums.lines });
  }
  for (const taken of sums.discounts) rows.push({ words: taken.title, amounts: taken, isTaken: true });
  if (option.extras.length > 0) rows.push({ words: "Services", amounts: sums.extras });
  rows.push({ words: "Before tax", amounts: sums.net, isTotal: true });
  if (sums.tax) {
    const words = `${sums.tax.name}, ${sums.tax.rate_percent}%${sums.tax.included ? ", included" : ""}`;
    rows.push({ words, amounts: sums.tax.tax }, { words: "With tax", amounts: sums.tax.total, isTotal: true });
  }
  const sign = (amount: string, isTaken = false) =>
    formatMoney(isTaken && Number(amount) !== 0 ? `-${amount}` : amount, currency);
  return (
    <table className={styles.totals} aria-label={`Totals, option ${option.letter}`}>
      <thead>
        <tr>
          <td />
          <th scope="col">a month</th>
          <th scope="col">once</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ words, amounts, isTotal, isTaken }) => (
          <tr key={words} data-total={isTotal ?? undefined}>
            <th scope="row">{words}</th>
            <td>{sign(amounts.monthly, isTaken)}</td>
            <td>{sign(amounts.one_time, isTaken)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NoPrice() {
  return <Pill tone="warn">not priced</Pill>;
}

const quantities = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });
const formatQuantity = (quantity: string) => quantities.format(Number(quantity));

/** Prices of an hour have more places than cents. */
function formatUnitPrice(price: string, currency: string): string {
  const whole = formatMoney(price, currency);
  const places = price.split(".")[1]?.replace(/0+$/, "").slice(0, 6) ?? "";
  return places.length <= 2 ? whole : whole.replace(/\d+\.\d+$/, `${price.split(".")[0] ?? "0"}.${places}`);
}
