import { Button, Modal, Radio, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { keys } from "@/api/keys";
import { listSnapshots } from "@/api/running";
import type { Snapshot } from "@/api/types";
import { countOf } from "@/ui/count";
import { addAmounts, formatMoney } from "@/ui/money";

import styles from "./DestroyDialog.module.css";

type Props = {
  opened: boolean;
  onClose: () => void;
  designName: string;
  cloudName: string;
  count: number;
  designId: string;
  cloud: string;
  onConfirm: (removeSnapshots: boolean) => void;
};

/** The one question in the product: live resources go for good, so the design's name is typed. */
export function DestroyDialog({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Destroy ${rest.designName}`} size={440}>
      <Question onClose={onClose} {...rest} />
    </Modal>
  );
}

function Question({ onClose, designName, cloudName, count, designId, cloud, onConfirm }: Omit<Props, "opened">) {
  const snapshots = useQuery({ queryKey: keys.snapshots(designId), queryFn: () => listSnapshots(designId) });
  const made = snapshots.data?.filter((one) => one.cloud === cloud) ?? [];
  const mustGo = made.some(({ kind }) => kind === "volume");
  const [keeps, setKeeps] = useState(true);
  const [typed, setTyped] = useState("");
  const isRight = typed.trim() === designName.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight) onConfirm(made.length > 0 && (mustGo || !keeps));
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        {countOf(count, "resource")} in {cloudName} will be removed with the data in them. The design stays and can be
        deployed again.
      </p>
      {made.length > 0 && (
        <Radio.Group
          label={`${countOf(made.length, "snapshot")} of it`}
          description={snapshotWords(made, mustGo)}
          value={mustGo || !keeps ? "remove" : "keep"}
          onChange={(value) => setKeeps(value === "keep")}
        >
          <div className={styles.choices}>
            <Radio value="keep" label="Keep the snapshots" disabled={mustGo} />
            <Radio value="remove" label="Remove the snapshots too" />
          </div>
        </Radio.Group>
      )}
      <TextInput
        label={
          <>
            Type <strong>{designName}</strong> to go on
          </>
        }
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Keep everything</Button>
        <Button type="submit" data-danger disabled={!isRight}>
          Destroy
        </Button>
      </div>
    </form>
  );
}

/** What they cost when they stay, or why they can't. */
function snapshotWords(made: readonly Snapshot[], mustGo: boolean): string {
  if (mustGo) return "A cloud removes no volume that has a snapshot, so they go too.";
  const priced = made.flatMap(({ monthly }) => monthly ?? []);
  const cost = priced.length > 0 ? formatMoney(addAmounts(priced), made[0]?.currency ?? "") : "";
  const unpriced = made.length - priced.length;
  return [cost && `They cost ${cost} a month.`, unpriced > 0 && `No price in this book for ${unpriced} of them.`]
    .filter(Boolean)
    .join(" ");
}
