import { Button } from "@mantine/core";
import { IconArrowsMinimize, IconBook, IconCalendarDollar, IconClock, IconDatabase, type Icon } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { errorSentence } from "@/api/client";
import { changeDesign } from "@/api/designs";
import { listSuggestions } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Suggestion } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney, isZero } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toasts";

import styles from "./SavingsScreen.module.css";
import { useDesignQuery } from "./useDesignQuery";

const ICONS: Record<string, Icon> = {
  right_size: IconArrowsMinimize,
  cheaper_book: IconBook,
  commitment: IconCalendarDollar,
  storage_class: IconDatabase,
  schedule: IconClock,
};

/** What would make the design cheaper, with the money that a new estimate gives, and one click to do it. */
export function SavingsScreen() {
  const { data, error, refetch } = useDesignQuery(keys.suggestions, listSuggestions);
  if (error) return <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Loading label="Savings are being worked out">
        <div className={styles.list}>
          <Skeleton width="100%" height={64} />
          <Skeleton width="100%" height={64} />
        </div>
      </Loading>
    );
  if (data.length === 0)
    return (
      <EmptyState title="No saving found">
        <p>No smaller size, other class, commitment or price book that prices all of this design makes it cheaper.</p>
      </EmptyState>
    );
  return (
    <>
      <p className={styles.hint}>Each amount is a new estimate of the changed design. Savings change one another, so they are worked out again after each one.</p>
      <ul className={styles.list}>
        {data.map((suggestion, index) => (
          <SuggestionRow key={`${suggestion.kind} ${suggestion.component ?? ""} ${suggestion.title} ${String(index)}`} suggestion={suggestion} />
        ))}
      </ul>
    </>
  );
}

function SuggestionRow({ suggestion }: { suggestion: Suggestion }) {
  const { kind, title, detail, saving_monthly, monthly_before, monthly_after, one_time, currency } = suggestion;
  const apply = useApply(suggestion);
  const Picture = ICONS[kind] ?? IconArrowsMinimize;
  const verb = suggestion.price_book === null ? "Apply" : "Use this book";
  return (
    <li className={styles.row}>
      <Picture size={20} stroke={1.6} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>
        <h2>{title}</h2>
        <p>{detail}</p>
        {apply.isError && (
          <p className={styles.error} role="alert">
            {errorSentence(apply.error)}
          </p>
        )}
      </div>
      <div className={styles.money}>
        <span className={styles.saving}>{formatMoney(`-${saving_monthly}`, currency)} a month</span>
        <span className={styles.about}>
          {formatMoney(monthly_before, currency)} to {formatMoney(monthly_after, currency)}
          {!isZero(one_time) && `, ${formatMoney(one_time, currency)} once`}
        </span>
      </div>
      <Button size="xs" loading={apply.isPending} onClick={() => apply.mutate()} aria-label={`${verb}: ${title}`}>
        {verb}
      </Button>
    </li>
  );
}

function useApply({ title, patch, price_book: book }: Suggestion) {
  const client = useQueryClient();
  const takeBook = async (designId: string, key: string) => {
    const design = await changeDesign(designId, { price_book: key });
    useDesignStore.getState().setPriceBook(design.price_book);
    void client.invalidateQueries({ queryKey: keys.designs, exact: true });
  };
  return useMutation({
    mutationFn: async () => {
      const { designId, priceBook: before, applyPatch, undo } = useDesignStore.getState();
      if (designId === null) return;
      if (book !== null) {
        await takeBook(designId, book);
        showToast({ text: `${title}: done.`, action: { label: "Undo", run: () => void takeBook(designId, before) } });
        return;
      }
      const outcome = applyPatch(patch ?? {}, title);
      if (!outcome.done) throw new Error(outcome.reason);
      showToast({ text: `${title}: done.`, action: { label: "Undo", run: undo } });
    },
  });
}
