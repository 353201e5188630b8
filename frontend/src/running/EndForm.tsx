import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { changeStay, extendStay } from "@/api/running";
import type { Stay } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatClock, formatDate } from "@/ui/times";

import own from "./RunningAside.module.css";

const THEN: { value: Stay["on_expiry"]; label: string }[] = [
  { value: "announce", label: "Tell me, and keep everything" },
  { value: "destroy", label: "Destroy everything" },
];
const EXTEND_DAYS = 30;

/** When the stay ends, and what happens then. It is warned of three days before. */
export function EndForm({ designId, stay }: { designId: string; stay: Stay }) {
  const queryClient = useQueryClient();
  const [end, setEnd] = useState(stay.expires_at ? wallClock(stay.expires_at) : "");
  const [then, setThen] = useState<Stay["on_expiry"]>(stay.on_expiry);
  const change = useMutation({
    mutationFn: (ask: () => Promise<Stay>) => ask(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.stays(designId) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(() => changeStay(stay.id, { expires_at: new Date(end).toISOString(), on_expiry: then }));
  };
  return (
    <section className={own.section} aria-labelledby="end-title">
      <h2 className={own.sectionTitle} id="end-title">
        End
      </h2>
      <p className={own.hint}>
        {stay.expires_at
          ? `It ${stay.expired ? "ended" : "ends"} on ${formatDate(stay.expires_at)} at ${formatClock(stay.expires_at).slice(0, 5)}.${isFarOff(stay.expires_at) ? " You are told three days before." : ""}`
          : "It stays until somebody destroys it."}
      </p>
      <form className={own.form} onSubmit={submit} aria-label="End">
        <TextInput size="xs" type="datetime-local" label="Ends" value={end} onChange={(event) => setEnd(event.currentTarget.value)} />
        <Select
          size="xs"
          label="Then"
          data={THEN}
          value={then}
          onChange={(value) => setThen(value as Stay["on_expiry"])}
          allowDeselect={false}
        />
        {change.isError && <ErrorNotice title={errorSentence(change.error)} />}
        <div className={own.buttons}>
          {stay.expires_at && (
            <>
              <Button
                size="xs"
                disabled={change.isPending}
                onClick={() => change.mutate(() => changeStay(stay.id, { expires_at: null }))}
              >
                Remove end
              </Button>
              <Button size="xs" disabled={change.isPending} onClick={() => change.mutate(() => extendStay(stay.id, EXTEND_DAYS))}>
                {EXTEND_DAYS} days more
              </Button>
            </>
          )}
          <Button size="xs" type="submit" loading={change.isPending} disabled={!end}>
            Set end
          </Button>
        </div>
      </form>
    </section>
  );
}

const WARNED_BEFORE_MS = 3 * 86_400_000;
const isFarOff = (moment: string): boolean => Date.parse(moment) - Date.now() > WARNED_BEFORE_MS;

/** A moment as a field for date and time has it: by the clock of whoever looks. */
function wallClock(moment: string): string {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
