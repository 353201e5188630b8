import { NumberInput, type NumberInputProps } from "@mantine/core";

import styles from "./UnitInput.module.css";

type Props = Omit<NumberInputProps, "suffix" | "rightSection"> & { unit: string };

/** A number with its unit beside it. Within the number, the unit would swallow the first key of whoever tabs in. */
export function UnitInput({ unit, ...rest }: Props) {
  return (
    <NumberInput
      hideControls
      rightSection={<span className={styles.unit}>{unit}</span>}
      rightSectionWidth={`${String(unit.length + 3)}ch`}
      rightSectionPointerEvents="none"
      {...rest}
    />
  );
}
