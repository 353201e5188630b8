import { Tooltip, UnstyledButton } from "@mantine/core";

import { ComponentTile } from "@/catalog/ComponentTile";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { useAddComponent } from "../dragging/useAddComponent";
import { usePaletteDrag } from "../dragging/usePaletteDrag";
import styles from "./Palette.module.css";
import { typeName } from "./typeNames";

const EVERYDAY = ["web_server", "load_balancer", "dbaas", "volume", "subnet"];

/** On the narrow rail: what was used last, filled up with what most drawings need. */
export function RailTypes() {
  const catalogue = useDesignStore((state) => state.catalogue);
  const recent = useSessionStore((state) => state.recent);
  const naming = useSessionStore((state) => state.naming);
  const startDrag = usePaletteDrag();
  const { addSomewhere } = useAddComponent();
  const types = [...new Set([...recent, ...EVERYDAY])].slice(0, EVERYDAY.length).flatMap((key) => catalogue.get(key) ?? []);
  return (
    <div className={styles.railTypes}>
      {types.map((type) => (
        <Tooltip key={type.key} label={`Add ${typeName(type, naming)}`} position="right">
          <UnstyledButton
            className={styles.railType}
            aria-label={`Add ${typeName(type, naming)}`}
            onPointerDown={(event) => startDrag(type.key, event)}
            onClick={() => addSomewhere(type.key)}
          >
            <ComponentTile icon={type.icon} category={type.category} size={28} />
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
