import { IconAlertTriangle, IconShieldCheck } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Template, TemplateForm } from "@/api/types";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { useTemplate } from "@/catalog/useTemplate";
import { countOf } from "@/ui/count";
import { Money } from "@/ui/Money";
import { formatCoverage } from "@/ui/money";
import { Pill } from "@/ui/Pill";

import { Silhouette } from "./Silhouette";
import styles from "./TemplateCard.module.css";
import { priceOf, publisherOf } from "./templateFilters";

/** A template in one of its forms: the picture, what it is, who published it, what it costs. */
export function TemplateCard({ template, form }: { template: Template; form: TemplateForm }) {
  const catalogue = useComponentTypes().data;
  const document = useTemplate(template.key, form).data?.document;
  const price = priceOf(template, form);
  const isPartlyPriced = price !== null && Number(price.coverage) < 1;
  return (
    <li className={styles.card}>
      <div className={styles.picture}>
        {document && catalogue && <Silhouette document={document} catalogue={catalogue} />}
      </div>
      <div className={styles.body}>
        <h2 className={styles.title}>
          <Link to={`/templates/${template.key}`} className={styles.choose}>
            {template.title}
          </Link>
        </h2>
        <p className={styles.summary} title={template.summary}>
          {template.summary}
        </p>
        <p className={styles.parts}>
          {countOf(template.component_count, "component")}
          {form === "hardened" && (
            <span className={styles.repairs}>
              <IconShieldCheck size={14} stroke={1.75} aria-hidden="true" />
              {countOf(template.repairs.length, "repair")}
            </span>
          )}
        </p>
        <div className={styles.foot}>
          <span title={template.source}>
            <Pill>{publisherOf(template.source)}</Pill>
          </span>
          {price && (
            <span className={styles.money} title="A month">
              {isPartlyPriced && (
                <span className={styles.partly} title={formatCoverage(price.coverage)}>
                  <IconAlertTriangle size={14} stroke={1.75} role="img" aria-label={formatCoverage(price.coverage)} />
                </span>
              )}
              <Money amount={price.amount} currency={price.currency} />
              <span className={styles.hidden}>a month</span>
            </span>
          )}
        </div>
      </div>
    </li>
  );
}
