import { Radio } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type SetStateAction } from "react";

import { errorSentence } from "@/api/client";
import type { JsonObject, Template, TemplateForm } from "@/api/types";
import { useTemplate } from "@/catalog/useTemplate";
import { asProperty, type Field, fieldsOf, valueAt } from "@/document/form";
import { isObject } from "@/document/mergePatch";
import { emptyDocument, type Json, type PropertySchema } from "@/document/types";
import { PropertyField } from "@/properties/PropertyField";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Money } from "@/ui/Money";
import { formatCoverage } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./TemplateChoices.module.css";

export const FORMS: Record<TemplateForm, { label: string; says: string }> = {
  published: { label: "As published", says: "The architecture exactly as its source shows it." },
  hardened: { label: "Hardened", says: "The same, with what breaks a rule repaired." },
};

type FormProps = { template: Template; form: TemplateForm; parameters: JsonObject; onChange: (form: TemplateForm) => void };

/** As published or hardened, with what each costs with what was chosen, and all that hardening changes. */
export function FormChoice({ template, form, parameters, onChange }: FormProps) {
  const priced = useTemplate(template.key, form, parameters).data ?? template;
  if (template.forms.length < 2) return <p className={styles.quiet}>The original breaks no rule, so there is one form: as published.</p>;
  return (
    <div className={styles.forms}>
      <Radio.Group label="Form" value={form} onChange={(value) => onChange(value as TemplateForm)}>
        <div className={styles.cards}>
          {template.forms.map((key) => (
            <Radio.Card key={key} value={key} className={styles.card} aria-label={FORMS[key].label}>
              <Radio.Indicator size="xs" />
              <span>
                <span className={styles.cardTitle}>{FORMS[key].label}</span>
                <span className={styles.quiet}>{FORMS[key].says}</span>
                <Price template={priced} form={key} />
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <details className={styles.repairs} open={form === "hardened"}>
        <summary>{form === "hardened" ? `What was repaired, ${String(template.repairs.length)}` : `What the hardened form repairs, ${String(template.repairs.length)}`}</summary>
        <ul>
          {template.repairs.map(({ rules, what, why }) => (
            <li key={what}>
              <p className={styles.what}>{what}</p>
              <p className={styles.quiet}>
                {why} <code>{rules.join(", ")}</code>
              </p>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Price({ template, form }: { template: Template; form: TemplateForm }) {
  const price = template.monthly_by_form[form];
  if (!price) return null;
  return (
    <span className={styles.price}>
      <Money amount={price.amount} currency={price.currency} /> <span className={styles.quiet}>a month</span>
      {Number(price.coverage) < 1 && (
        <span className={styles.partly}>
          <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />
          {formatCoverage(price.coverage)}
        </span>
      )}
    </span>
  );
}

type ParametersProps = {
  templateKey: string;
  form: TemplateForm;
  /** What was chosen otherwise than the form draws it. */
  said: JsonObject;
  onChange: (change: SetStateAction<JsonObject>) => void;
};

/** Counts, sizes, names and addresses to begin with. What is left alone stays as drawn. */
export function TemplateParameters({ templateKey, form, said, onChange }: ParametersProps) {
  const template = useTemplate(templateKey, form);
  if (template.isError) return <ErrorNotice title={errorSentence(template.error)} onRetry={() => void template.refetch()} />;
  if (!template.data) {
    return (
      <Loading label="The parameters are loading">
        <Skeleton height={64} />
      </Loading>
    );
  }
  const schemas = template.data.parameters;
  if (Object.keys(schemas).length === 0) return null;
  const set = (path: readonly string[], value: Json): void => {
    onChange((before) => withChoice(before, path, value, schemas));
  };
  return (
    <fieldset className={styles.parameters}>
      <legend>Adjust it</legend>
      {Object.entries(schemas).map(([name, schema]) => {
        const preset = schema.default ?? null;
        const value = said[name] ?? preset;
        const fields = fieldsOf({ [name]: schema }, emptyDocument, new Map());
        const controls = fields.map((field: Field) => (
          <PropertyField
            key={field.path.join(".")}
            field={field}
            value={valueAt({ [name]: isObject(value) && isObject(preset) ? { ...preset, ...value } : value }, field.path)}
            onChange={(next) => set(field.path, next)}
          />
        ));
        if (schema.type !== "object") return controls;
        return (
          <fieldset key={name} className={styles.group}>
            <legend>{schema.title ?? name}</legend>
            {schema.description && <p className={styles.quiet}>{schema.description}</p>}
            {controls}
          </fieldset>
        );
      })}
    </fieldset>
  );
}

/** A group is said whole: the server takes the value as it is. Back at the form's own value, nothing is said. */
export function withChoice(said: JsonObject, path: readonly string[], value: Json, schemas: Readonly<Record<string, PropertySchema>>): JsonObject {
  const { name, value: part } = asProperty(path, value);
  const preset = schemas[name]?.default;
  const { [name]: before, ...others } = said;
  if (value === null) return others;
  const group = path.length > 1 && isObject(part);
  const next = group ? { ...(isObject(preset) ? preset : {}), ...(isObject(before) ? before : {}), ...part } : part;
  return JSON.stringify(next) === JSON.stringify(preset) ? others : { ...others, [name]: next };
}
