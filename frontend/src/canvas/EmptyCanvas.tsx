import { IconSquareRoundedPlus } from "@tabler/icons-react";

import { EmptyState } from "@/ui/EmptyState";

import styles from "./EmptyCanvas.module.css";

export function EmptyCanvas() {
  return (
    <div className={styles.place}>
      <EmptyState picture={<IconSquareRoundedPlus size={40} stroke={1.25} />} title="Nothing drawn yet">
        <p>Drag a component from the left onto the canvas. A region or a network is a good first one: servers go inside.</p>
      </EmptyState>
    </div>
  );
}
