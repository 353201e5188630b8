import { Button, Select } from "@mantine/core";
import { IconAlertTriangle, IconVector } from "@tabler/icons-react";
import { useState } from "react";

import { templatePicture } from "@/api/catalog";
import { errorSentence } from "@/api/client";
import type { Template } from "@/api/types";
import { Screen } from "@/app/Screen";
import { useScheme } from "@/app/useScheme";
import { usePriceBooks, useTemplates } from "@/catalog/useCatalogue";
import { bookChoice, NewDesignDialog } from "@/designs/NewDesignDialog";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Money } from "@/ui/Money";
import { formatCoverage } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./TemplatesScreen.module.css";

type Choice = { template?: string };

export function TemplatesScreen() {
  const templates = useTemplates();
  const books = usePriceBooks();
  const [priceBook, setPriceBook] = useState<string | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  return (
    <Screen
      title="Templates"
      count={templates.data?.length}
      on="page"
      actions={
        <>
          <Select
            aria-label="Prices of a new design"
            placeholder="Prices: as the template"
            data={(books.data ?? []).map(bookChoice)}
            value={priceBook}
            onChange={setPriceBook}
            clearable
            className={styles.prices}
          />
          <Button leftSection={<IconVector size={16} stroke={1.75} />} onClick={() => setChoice({})}>
            Blank design
          </Button>
        </>
      }
    >
      <NewDesignDialog
        opened={choice !== null}
        onClose={() => setChoice(null)}
        template={choice?.template}
        priceBook={priceBook ?? undefined}
      />
      <div className={styles.scroll}>
        {templates.isError && (
          <ErrorNotice title={errorSentence(templates.error)} onRetry={() => void templates.refetch()} />
        )}
        {templates.isPending && <CardsSkeleton />}
        <ul className={styles.cards}>
          {templates.data?.map((template) => (
            <TemplateCard
              key={template.key}
              template={template}
              onChoose={() => setChoice({ template: template.key })}
            />
          ))}
        </ul>
      </div>
    </Screen>
  );
}

function TemplateCard({ template, onChoose }: { template: Template; onChoose: () => void }) {
  const { scheme } = useScheme();
  const { monthly } = template;
  const isPartlyPriced = monthly !== null && Number(monthly.coverage) < 1;
  return (
    <li className={styles.card}>
      <div className={styles.picture}>
        <img src={templatePicture(template.key, scheme)} alt="" loading="lazy" />
      </div>
      <div className={styles.body}>
        <h2 className={styles.title}>
          <button type="button" className={styles.choose} onClick={onChoose}>
            {template.title}
          </button>
        </h2>
        <p className={styles.summary}>{template.summary}</p>
        <div className={styles.foot}>
          <span title={template.source}>
            <Pill>{publisherOf(template.source)}</Pill>
          </span>
          <span className={styles.parts}>{countOf(template.component_count, "component")}</span>
          {monthly && (
            <span className={styles.money}>
              {isPartlyPriced && (
                <span className={styles.partly} title={formatCoverage(monthly.coverage)}>
                  <IconAlertTriangle size={14} stroke={1.75} role="img" aria-label={formatCoverage(monthly.coverage)} />
                </span>
              )}
              <Money amount={monthly.amount} currency={monthly.currency} />{" "}
              <span className={styles.quiet}>a month</span>
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

/** Who published it: the first word of where it is from. The tooltip has the rest. */
export function publisherOf(source: string): string {
  return /^[\p{L}\p{N}]+/u.exec(source.trim())?.[0] ?? "Reference";
}

function CardsSkeleton() {
  return (
    <Loading label="Templates are loading">
      <ul className={styles.cards}>
        {[1, 2].map((place) => (
          <li key={place} className={styles.card}>
            <div className={styles.picture} />
            <div className={styles.body}>
              <Skeleton width="60%" />
              <div style={{ height: 12 }} />
              <Skeleton width="90%" />
            </div>
          </li>
        ))}
      </ul>
    </Loading>
  );
}
