import { Button, Modal, SegmentedControl } from "@mantine/core";
import { IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { updateFromTemplate } from "@/api/designs";
import { keys } from "@/api/keys";
import type { Json, TemplateChange, TemplateUpdate } from "@/api/types";
import { isObject } from "@/document/mergePatch";
import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./TemplateUpdate.module.css";

type Props = { designId: string; title: string; update: TemplateUpdate; onClose: () => void };

/** Everything that following the template would change here, before it does. Conflicts are the person's to decide. */
export function TemplateUpdateDialog({ designId, title, update, onClose }: Props) {
  const [chosen, setTaken] = useState<ReadonlySet<string>>(new Set());
  const queryClient = useQueryClient();
  const conflicts = update.changes.filter(({ conflict }) => conflict);
  const plain = update.changes.filter(({ conflict }) => !conflict);
  // The list is fetched anew when it changed meanwhile, and then some of what was chosen may be gone.
  const taken = new Set(conflicts.flatMap(({ id }) => (chosen.has(id) ? [id] : [])));
  const count = plain.length + taken.size;
  const apply = useMutation({
    mutationFn: async () => {
      const { flush, adoptServerEdit } = useDesignStore.getState();
      await flush();
      await updateFromTemplate(designId, [...taken]);
      await adoptServerEdit(`Bring up to version ${String(update.to_version)} of ${title}`);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.template_update(designId) });
      void queryClient.invalidateQueries({ queryKey: keys.designs, exact: true });
      onClose();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: keys.template_update(designId) }),
  });
  const take = (id: string, isTaken: boolean): void => {
    const next = new Set(taken);
    if (isTaken) next.add(id);
    else next.delete(id);
    setTaken(next);
  };
  return (
    <Modal opened onClose={onClose} title={`${title}, version ${String(update.from_version)} to ${String(update.to_version)}`} size={640}>
      <div className={styles.dialog}>
        {conflicts.length > 0 && (
          <section>
            <h3 className={styles.heading}>You decide, {conflicts.length}</h3>
            <ul className={styles.changes}>
              {conflicts.map((change) => (
                <li key={change.id} className={styles.conflict}>
                  <Change change={change} />
                  <SegmentedControl
                    size="xs"
                    aria-label={change.label}
                    value={taken.has(change.id) ? "theirs" : "mine"}
                    onChange={(value) => take(change.id, value === "theirs")}
                    data={[
                      { value: "mine", label: "Keep mine" },
                      { value: "theirs", label: "Take the template’s" },
                    ]}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        {plain.length > 0 && (
          <section>
            <h3 className={styles.heading}>Comes in, {plain.length}</h3>
            <ul className={styles.changes}>
              {plain.map((change) => (
                <li key={change.id}>
                  <Change change={change} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {update.changes.length === 0 && <p>Nothing in this design changes; it only counts as of the newer version.</p>}
        <footer className={styles.foot}>
          {apply.isError && <ErrorNotice title={errorSentence(apply.error)} />}
          <p className={styles.quiet}>It is one edit: undo takes all of it back.</p>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" loading={apply.isPending} onClick={() => apply.mutate()}>
            {count > 0 ? `Apply ${countOf(count, "change")}` : "Keep mine and go on"}
          </Button>
        </footer>
      </div>
    </Modal>
  );
}

const SIGNS = { added: IconPlus, removed: IconMinus, changed: IconPencil };
const WORDS = { added: "New", removed: "Goes", changed: "Changes" };

function Change({ change: { what, label, before, after, reason } }: { change: TemplateChange }) {
  const Sign = SIGNS[what];
  return (
    <div className={styles.change}>
      <Sign size={16} stroke={1.75} role="img" aria-label={WORDS[what]} />
      <div>
        <p>{label}</p>
        {what === "changed" && (
          <p className={styles.quiet}>
            {shortly(before)} → <b>{shortly(after)}</b>
          </p>
        )}
        {reason && <p className={styles.reason}>{reason}</p>}
      </div>
    </div>
  );
}

/** A value in a few words; whole components say their name. */
export function shortly(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value.length > 80 ? `${value.slice(0, 79)}…` : value === "" ? "nothing" : value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : shortly(value.map(shortly).join(", "));
  if (isObject(value)) {
    if (typeof value.label === "string") return shortly(value.label);
    return shortly(Object.entries(value).map(([name, part]) => `${name.replaceAll("_", " ")} ${shortly(part)}`).join(", "));
  }
  return String(value);
}
