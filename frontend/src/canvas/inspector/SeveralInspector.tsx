import { Button } from "@mantine/core";
import { IconCopyPlus, IconTrash } from "@tabler/icons-react";

import { ComponentTile } from "@/catalog/ComponentTile";
import { nameOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { duplicateSelection, removeSelection } from "../clipboard";
import styles from "./Inspector.module.css";

export function SeveralInspector({ ids }: { ids: readonly string[] }) {
  const components = useDesignStore((state) => state.document.components);
  const catalogue = useDesignStore((state) => state.catalogue);
  const select = useSessionStore((state) => state.select);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h2 className={styles.title}>{ids.length} components</h2>
          <p className={styles.subtitle}>Move, copy or delete them together.</p>
        </div>
      </header>
      <div className={styles.targets}>
        {ids.map((id) => {
          const component = components[id];
          const type = component && catalogue.get(component.type);
          return (
            component && (
              <button type="button" key={id} className={styles.target} onClick={() => select([id])}>
                <ComponentTile icon={type?.icon ?? ""} category={type?.category ?? "external"} size={24} />
                <span className={styles.grow}>{nameOf(component, catalogue)}</span>
              </button>
            )
          );
        })}
        <div className={styles.actions}>
          <Button size="xs" leftSection={<IconCopyPlus size={14} stroke={1.75} />} onClick={duplicateSelection}>
            Duplicate
          </Button>
          <Button size="xs" data-danger leftSection={<IconTrash size={14} stroke={1.75} />} onClick={removeSelection}>
            Delete {ids.length}
          </Button>
        </div>
      </div>
    </>
  );
}
