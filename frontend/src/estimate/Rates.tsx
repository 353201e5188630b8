import { Button, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { addRate, deleteRate, listRates, type NewRate } from "@/api/estimates";
import { keys } from "@/api/keys";
import { IconButton } from "@/ui/IconButton";

import styles from "./Rates.module.css";

const EMPTY: NewRate = { from_currency: "", to_currency: "", rate: "", day: "", source: "" };

/** The dated rates that amounts are converted with. Each is printed beside what it converts. */
export function Rates() {
  const rates = useQuery({ queryKey: keys.rates, queryFn: listRates });
  const [draft, setDraft] = useState<NewRate>();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.rates });
  const add = useMutation({
    mutationFn: addRate,
    onSuccess: async () => {
      setDraft(undefined);
      await refresh();
      await client.invalidateQueries({ queryKey: keys.designs });
      await client.invalidateQueries({ queryKey: keys.proposals });
    },
  });
  const drop = useMutation({ mutationFn: deleteRate, onSuccess: refresh });
  const failed = rates.error ?? add.error ?? drop.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft) add.mutate(draft);
  };
  const set = (change: Partial<NewRate>) => setDraft((before) => ({ ...(before ?? EMPTY), ...change }));
  return (
    <section className={styles.rates} aria-labelledby="currency-rates">
      <h3 id="currency-rates">Currency rates</h3>
      {rates.data?.length === 0 && <p className={styles.hint}>None yet. An estimate in another currency needs a rate with its date and source.</p>}
      <ul>
        {rates.data?.map((rate) => (
          <li key={rate.id}>
            <span>
              1 {rate.from_currency} = {String(Number(rate.rate))} {rate.to_currency}
              <span className={styles.about}>
                {rate.day}, {rate.source}
              </span>
            </span>
            <IconButton label={`Remove the rate ${rate.from_currency} to ${rate.to_currency}`} size={28} onClick={() => drop.mutate(rate.id)}>
              <IconTrash size={14} stroke={1.75} />
            </IconButton>
          </li>
        ))}
      </ul>
      {draft ? (
        <form onSubmit={submit} className={styles.form}>
          <div className={styles.triple}>
            <TextInput size="xs" label="1" placeholder="EUR" maxLength={3} value={draft.from_currency} onChange={(event) => set({ from_currency: event.currentTarget.value.toUpperCase() })} />
            <TextInput size="xs" label="is" placeholder="1.085" inputMode="decimal" value={draft.rate} onChange={(event) => set({ rate: event.currentTarget.value })} />
            <TextInput size="xs" label="of" placeholder="USD" maxLength={3} value={draft.to_currency} onChange={(event) => set({ to_currency: event.currentTarget.value.toUpperCase() })} />
          </div>
          <div className={styles.pair}>
            <TextInput size="xs" type="date" label="On" value={draft.day} onChange={(event) => set({ day: event.currentTarget.value })} />
            <TextInput size="xs" label="Source" placeholder="Who says so" maxLength={300} value={draft.source} onChange={(event) => set({ source: event.currentTarget.value })} />
          </div>
          <div className={styles.buttons}>
            <Button size="xs" onClick={() => setDraft(undefined)}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={add.isPending} disabled={!draft.from_currency || !draft.to_currency || !draft.rate || !draft.day || !draft.source}>
              Add rate
            </Button>
          </div>
        </form>
      ) : (
        <Button size="xs" onClick={() => setDraft(EMPTY)}>
          Add rate
        </Button>
      )}
      {failed && (
        <p className={styles.error} role="alert">
          {errorSentence(failed)}
        </p>
      )}
    </section>
  );
}
