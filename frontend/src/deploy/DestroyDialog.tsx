import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";

import { countOf } from "@/ui/count";

import styles from "./DestroyDialog.module.css";

type Props = {
  opened: boolean;
  onClose: () => void;
  designName: string;
  cloudName: string;
  count: number;
  onConfirm: () => void;
};

/** The one question in the product: live resources go for good, so the design's name is typed. */
export function DestroyDialog({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Destroy ${rest.designName}`} size={440}>
      <Question onClose={onClose} {...rest} />
    </Modal>
  );
}

function Question({ onClose, designName, cloudName, count, onConfirm }: Omit<Props, "opened">) {
  const [typed, setTyped] = useState("");
  const isRight = typed.trim() === designName.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight) onConfirm();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        {countOf(count, "resource")} in {cloudName} will be removed with the data in them. The design stays and can be
        deployed again.
      </p>
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
