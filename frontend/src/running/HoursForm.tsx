import { Button, Checkbox, NativeSelect, Select, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import type { Stay } from "@/api/types";
import { nameOf } from "@/document/queries";
import type { Json, JsonObject } from "@/document/types";
import { assume, assumptionsOf, type Scope, WEEKDAYS } from "@/estimate/assumptions";
import { useDesignStore } from "@/stores/designStore";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney } from "@/ui/money";
import { formatClock, formatDate } from "@/ui/times";

import { type Hours, hoursOf, hoursProblem, scheduleFrom, zoneHere, zonesOfTheWorld } from "./hours";
import own from "./RunningAside.module.css";

const DAY_NAMES: Record<string, string> = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };

/** Servers that nobody needs at night are stopped then. The design says when, and its estimate counts with it. */
export function HoursForm({ designId, stay }: { designId: string; stay: Stay }) {
  const [scope, setScope] = useState<Scope>();
  const design = useDesignStore((store) => store.document);
  const catalogue = useDesignStore((store) => store.catalogue);
  const schedule = objectOf(assumptionsOf(design, scope).schedule);
  const components = [...new Set(stay.resources.filter(({ kind }) => kind === "server").map(({ component }) => component))];
  return (
    <section className={own.section} aria-labelledby="hours-title">
      <h2 className={own.sectionTitle} id="hours-title">
        Off-hours
      </h2>
      <Saving designId={designId} stay={stay} />
      <NativeSelect
        size="xs"
        label="For"
        value={scope ?? ""}
        onChange={(event) => setScope(event.currentTarget.value || undefined)}
        data={[
          { value: "", label: "All servers" },
          ...components.flatMap((id) => {
            const component = design.components[id];
            return component
              ? [{ value: id, label: `${nameOf(component, catalogue)}${component.usage?.schedule ? ", has its own" : ""}` }]
              : [];
          }),
        ]}
      />
      <Fields key={`${scope ?? ""} ${JSON.stringify(schedule)}`} designId={designId} scope={scope} schedule={schedule} />
    </section>
  );
}

/** Both amounts, because what is saved is their difference and not a promise. */
function Saving({ designId, stay }: { designId: string; stay: Stay }) {
  const { hours_cost: cost, next_change: next, schedule_problem: problem } = stay;
  if (!cost) return <p className={own.hint}>Servers run all the time. Say when nobody needs them, and they are stopped then.</p>;
  return (
    <>
      <dl className={own.money}>
        <div>
          <dt>All hours, a month</dt>
          <dd>{formatMoney(cost.always, cost.currency)}</dd>
        </div>
        <div>
          <dt>
            With these hours, as in the <Link to={`/designs/${designId}/estimate`}>estimate</Link>
          </dt>
          <dd>{formatMoney(cost.scheduled, cost.currency)}</dd>
        </div>
        <div>
          <dt>Saves a month</dt>
          <dd>{formatMoney(cost.saves, cost.currency)}</dd>
        </div>
      </dl>
      {problem ? (
        <p className={own.problem} role="alert">
          Servers are not stopped: {problem}
        </p>
      ) : (
        <p className={own.hint}>
          {next
            ? `Servers ${next.on ? "start" : "stop"} next on ${formatDate(next.at)} at ${formatClock(next.at).slice(0, 5)} of your clock.`
            : "The estimate counts with these hours, and nobody acts on them: say at what time they start."}
        </p>
      )}
    </>
  );
}

function Fields({ designId, scope, schedule }: { designId: string; scope: Scope; schedule: JsonObject }) {
  const queryClient = useQueryClient();
  const zones = useMemo(() => zonesOfTheWorld(), []);
  const [hours, setHours] = useState<Hours>(() => hoursOf(schedule, zoneHere()));
  const set = (changes: Partial<Hours>) => setHours((before) => ({ ...before, ...changes }));
  const isSet = Object.keys(schedule).length > 0;
  const save = useMutation({
    mutationFn: async (value: Json) => {
      const { document, applyPatch, flush } = useDesignStore.getState();
      const outcome = applyPatch(assume(document, scope, "schedule", value), "Change off-hours");
      if (!outcome.done) throw new Error(outcome.reason);
      await flush();
      await queryClient.invalidateQueries({ queryKey: keys.stays(designId) });
    },
  });
  const problem = hoursProblem(hours);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(scheduleFrom(hours));
  };
  return (
    <form className={own.form} onSubmit={submit} aria-label="Off-hours">
      <div className={own.pair}>
        <TextInput size="xs" type="time" label="Servers start" value={hours.start} onChange={(event) => set({ start: event.currentTarget.value })} />
        <TextInput size="xs" type="time" label="Servers stop" value={hours.stop} onChange={(event) => set({ stop: event.currentTarget.value })} />
      </div>
      <fieldset className={own.days}>
        <legend>On</legend>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            size="xs"
            label={DAY_NAMES[day]}
            checked={hours.days.includes(day)}
            onChange={() =>
              set({ days: hours.days.includes(day) ? hours.days.filter((one) => one !== day) : [...hours.days, day] })
            }
          />
        ))}
      </fieldset>
      <Select
        size="xs"
        label="Time zone"
        searchable
        limit={50}
        nothingFoundMessage="No time zone is called that"
        data={zones.includes(hours.zone) ? zones : [hours.zone, ...zones]}
        value={hours.zone}
        onChange={(zone) => set({ zone: zone ?? "" })}
        allowDeselect={false}
      />
      <TagsInput
        size="xs"
        label="Days off"
        description="They stay off all day, such as on 2026-12-24"
        value={hours.daysOff}
        onChange={(daysOff) => set({ daysOff })}
        maxTags={366}
      />
      {problem && <p className={own.problem}>{problem}</p>}
      {save.isError && <ErrorNotice title={errorSentence(save.error)} />}
      <div className={own.buttons}>
        {isSet && (
          <Button size="xs" onClick={() => save.mutate(null)} disabled={save.isPending}>
            Remove hours
          </Button>
        )}
        <Button size="xs" type="submit" variant="filled" loading={save.isPending} disabled={problem !== null}>
          Save hours
        </Button>
      </div>
    </form>
  );
}

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
