import { Checkbox, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";

import { nameOf } from "@/document/queries";
import type { Json, JsonObject } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { UnitInput } from "@/ui/UnitInput";

import { assume, assumptionsOf, type Scope, scheduleOf, WEEKDAYS } from "./assumptions";
import styles from "./AssumptionsPanel.module.css";
import { SidePanel } from "./SidePanel";

const DAY_NAMES: Record<string, string> = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };

/** What the estimate assumes. Each change is an edit of the design, and can be undone like any other. */
export function AssumptionsPanel({ onClose }: { onClose: () => void }) {
  const [scope, setScope] = useState<Scope>();
  const design = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const [refusal, setRefusal] = useState<string>();
  const said = assumptionsOf(design, scope);
  const set = (name: string, label: string) => (value: Json) => {
    const outcome = useDesignStore.getState().applyPatch(assume(useDesignStore.getState().document, scope, name, value), label);
    setRefusal(outcome.done ? undefined : outcome.reason);
  };
  const own = Object.entries(design.components).filter(([, component]) => component.usage);
  return (
    <SidePanel title="Assumptions" onClose={onClose}>
      <div className={styles.form} key={scope ?? "design"}>
        <NativeSelect
          size="xs"
          label="For"
          value={scope ?? ""}
          onChange={(event) => setScope(event.currentTarget.value || undefined)}
          data={[
            { value: "", label: "The whole design" },
            ...Object.entries(design.components).map(([id, component]) => ({
              value: id,
              label: `${nameOf(component, catalogue)}${component.usage ? ", has its own" : ""}`,
            })),
          ]}
        />
        {scope !== undefined && <p className={styles.hint}>What stays empty follows the whole design.</p>}
        {scope === undefined && (
          <Field label="Use that the estimate counts with">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="Use that the estimate counts with"
              value={textOf(said.usage_profile) || "expected"}
              onChange={(value) => set("usage_profile", "Change usage profile")(value === "expected" ? null : value)}
              data={["low", "expected", "high"].map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))}
            />
          </Field>
        )}
        <div className={styles.pair}>
          <Amount label="Low use" unit="%" min={0} max={100} value={said.low_percent} onChange={set("low_percent", "Change low use")} />
          <Amount label="High use" unit="%" min={100} max={10_000} value={said.high_percent} onChange={set("high_percent", "Change high use")} />
        </div>
        <Amount
          label="Growth a month"
          description="Of traffic, objects and requests"
          unit="%"
          min={0}
          max={100}
          value={said.growth_percent_month}
          onChange={set("growth_percent_month", "Change growth")}
        />
        <Schedule value={objectOf(said.schedule)} onChange={set("schedule", "Change schedule")} />
        <Amount
          label="Hours a month"
          description={scope === undefined ? "How long servers run, unless a schedule says it" : "For how long it is there"}
          unit="h"
          min={1}
          max={744}
          value={said.hours_per_month}
          onChange={set("hours_per_month", "Change hours a month")}
        />
        {scope === undefined && (
          <>
            <Commitment value={objectOf(said.commitment)} onChange={set("commitment", "Change commitment")} />
            <Tax value={objectOf(said.tax)} onChange={set("tax", "Change tax")} />
          </>
        )}
        {refusal && (
          <p className={styles.error} role="alert">
            {refusal}
          </p>
        )}
        {scope === undefined && own.length > 0 && (
          <p className={styles.hint}>{own.map(([, component]) => nameOf(component, catalogue)).join(", ")}: has assumptions of its own.</p>
        )}
      </div>
    </SidePanel>
  );
}

type AmountProps = {
  label: string;
  description?: string;
  unit: string;
  min: number;
  max: number;
  value: Json | undefined;
  onChange: (value: number | null) => void;
};

/** Kept when the field is left or Enter is pressed, so that a number is not an edit for each of its digits. */
function Amount({ label, description, unit, min, max, value, onChange }: AmountProps) {
  const stored = typeof value === "number" ? value : "";
  const [draft, setDraft] = useState<{ of: number | ""; text: number | string }>({ of: stored, text: stored });
  const shown = draft.of === stored ? draft.text : stored; // an undo elsewhere wins over an old draft
  const keep = () => {
    const next = shown === "" ? null : Math.min(max, Math.max(min, Number(shown)));
    if (next !== (stored === "" ? null : stored)) onChange(next);
  };
  return (
    <UnitInput
      size="xs"
      label={label}
      description={description}
      unit={unit}
      min={min}
      max={max}
      decimalScale={2}
      value={shown}
      onChange={(text) => setDraft({ of: stored, text })}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && keep()}
    />
  );
}

function Schedule({ value, onChange }: { value: JsonObject; onChange: (value: Json) => void }) {
  const hours = typeof value.hours_per_day === "number" ? value.hours_per_day : null;
  const days = Array.isArray(value.weekdays) ? value.weekdays.map(String) : [...WEEKDAYS];
  const toggle = (day: string) => {
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
    if (next.length > 0) onChange(scheduleOf(hours, next));
  };
  return (
    <Field label="Servers run">
      <Amount label="Hours a day" unit="h" min={1} max={24} value={hours ?? undefined} onChange={(next) => onChange(scheduleOf(next === 24 ? null : next, days))} />
      <fieldset className={styles.days}>
        <legend>On</legend>
        {WEEKDAYS.map((day) => (
          <Checkbox key={day} size="xs" label={DAY_NAMES[day]} checked={days.includes(day)} onChange={() => toggle(day)} />
        ))}
      </fieldset>
    </Field>
  );
}

function Commitment({ value, onChange }: { value: JsonObject; onChange: (value: Json) => void }) {
  const months = typeof value.months === "number" ? String(value.months) : "";
  const payment = textOf(value.payment) || "monthly";
  return (
    <div className={styles.pair}>
      <NativeSelect
        size="xs"
        label="Commitment"
        value={months}
        onChange={(event) => onChange(event.currentTarget.value ? { months: Number(event.currentTarget.value), payment } : null)}
        data={[{ value: "", label: "On demand" }, { value: "1", label: "1 month" }, ...["12", "24", "36"].map((term) => ({ value: term, label: `${term} months` }))]}
      />
      <NativeSelect
        size="xs"
        label="Paid"
        value={payment}
        disabled={!months}
        onChange={(event) => onChange({ months: Number(months), payment: event.currentTarget.value })}
        data={[
          { value: "monthly", label: "Monthly" },
          { value: "quarterly", label: "Quarterly" },
          { value: "yearly", label: "Yearly" },
          { value: "upfront", label: "Upfront" },
        ]}
      />
    </div>
  );
}

function Tax({ value, onChange }: { value: JsonObject; onChange: (value: Json) => void }) {
  const rate = typeof value.rate_percent === "number" ? value.rate_percent : undefined;
  const [name, setName] = useState(textOf(value.name));
  return (
    <div className={styles.pair}>
      <TextInput
        size="xs"
        label="Tax"
        placeholder="VAT"
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => rate !== undefined && name.trim() !== textOf(value.name) && onChange({ name: name.trim() || null, rate_percent: rate })}
      />
      <Amount
        label="Tax rate"
        unit="%"
        min={0}
        max={100}
        value={rate}
        onChange={(next) => onChange(next === null ? null : { ...(name.trim() ? { name: name.trim() } : {}), rate_percent: next })}
      />
    </div>
  );
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="group" aria-label={label} className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const objectOf = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
