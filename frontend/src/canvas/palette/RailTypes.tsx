import { Tooltip, UnstyledButton } from "@mantine/core";

import { ComponentTile } from "@/catalog/ComponentTile";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { useAddComponent } from "../dragging/useAddComponent";
import { usePaletteDrag } from "../dragging/usePaletteDrag";
import styles from "./Palette.module.css";

const EVERYDAY = ["web_server", "load_balancer", "dbaas", "volume", "subnet"];

/** On the narrow rail: what was used last, filled up with what most drawings need. */
export function RailTypes() {
  const catalogue = useDesignStore((state) => state.catalogue);
  const recent = useSessionStore((state) => state.recent);
  const startDrag = usePaletteDrag();
  const { addSomewhere } = useAddComponent();
  const types = [...new Set([...recent, ...EVERYDAY])].slice(0, EVERYDAY.length).flatMap((key) => catalogue.get(key) ?? []);
  return (
    <div className={styles.railTypes}>
      {types.map((type) => (
        <Tooltip key={type.key} label={`Add ${type.label}`} position="right">
          <UnstyledButton
            className={styles.railType}
            aria-label={`Add ${type.label}`}
            onPointerDown={(event) => startDrag(type.reference, event)}
            onClick={() => addSomewhere(type.reference)}
          >
            <ComponentTile icon={type.icon} category={type.category} size={28} />
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
