import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useMemo, useState } from "react";

import { ComponentTile } from "@/catalog/ComponentTile";
import { placementsOf } from "@/document/geometry";
import { ancestorsOf, childrenOf, nameOf, parentOf, typeLabel } from "@/document/queries";
import type { Catalogue, DesignDocument } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { useMotion } from "../useMotion";
import styles from "./Palette.module.css";

type Row = { id: string; depth: number; hasContents: boolean; isOpen: boolean };

/** The same drawing as a tree: same selection, same order, all by keyboard. */
export function Outline() {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const selection = useSessionStore((state) => state.selection);
  const select = useSessionStore((state) => state.select);
  const toggle = useSessionStore((state) => state.toggle);
  const { fitView } = useReactFlow();
  const duration = useMotion();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const rows = useMemo(() => rowsOf(document, catalogue, closed), [document, catalogue, closed]);
  const current = rows.some((row) => row.id === active) ? active : (selection.at(-1) ?? rows[0]?.id);

  const setOpen = (id: string, open: boolean): void => {
    setClosed((before) => {
      const next = new Set(before);
      if (open) next.delete(id);
      else next.add(id);
      return next;
    });
  };
  const go = (id: string | undefined): void => {
    if (id === undefined) return;
    setActive(id);
    window.document.getElementById(`outline-${id}`)?.focus();
  };
  const press = (event: KeyboardEvent, row: Row): void => {
    const index = rows.findIndex((one) => one.id === row.id);
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(rows[index + 1]?.id),
      ArrowUp: () => go(rows[index - 1]?.id),
      Home: () => go(rows[0]?.id),
      End: () => go(rows.at(-1)?.id),
      ArrowRight: () => (row.hasContents && !row.isOpen ? setOpen(row.id, true) : go(rows[index + 1]?.id)),
      ArrowLeft: () => (row.hasContents && row.isOpen ? setOpen(row.id, false) : go(parentOf(document, row.id))),
      Enter: () => choose(row.id, event.shiftKey || event.ctrlKey || event.metaKey),
      " ": () => choose(row.id, event.shiftKey || event.ctrlKey || event.metaKey),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const choose = (id: string, several: boolean): void => {
    if (several) toggle(id);
    else select([id]);
    setActive(id);
  };

  if (rows.length === 0) return <p className={styles.nothing}>Nothing drawn yet.</p>;
  return (
    <div className={styles.scroll}>
      <ul role="tree" aria-label="Components of this design" aria-multiselectable="true" className={styles.tree}>
        {rows.map((row) => {
          const component = document.components[row.id];
          const type = component && catalogue.get(component.type);
          if (!component) return null;
          return (
            <li
              key={row.id}
              id={`outline-${row.id}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-selected={selection.includes(row.id)}
              aria-expanded={row.hasContents ? row.isOpen : undefined}
              aria-label={`${typeLabel(component, catalogue)}, ${nameOf(component, catalogue)}`}
              tabIndex={row.id === current ? 0 : -1}
              className={styles.branch}
              style={{ paddingLeft: 2 + row.depth * 14 }}
              onKeyDown={(event) => press(event, row)}
              onClick={(event) => choose(row.id, event.shiftKey || event.ctrlKey || event.metaKey)}
              onDoubleClick={() => void fitView({ nodes: [{ id: row.id }], maxZoom: 1, padding: 0.4, duration })}
            >
              <span
                className={styles.twig}
                role="presentation"
                onClick={(event) => {
                  if (!row.hasContents) return;
                  event.stopPropagation();
                  setOpen(row.id, !row.isOpen);
                }}
              >
                {row.hasContents && (row.isOpen ? <IconChevronDown size={12} stroke={2} /> : <IconChevronRight size={12} stroke={2} />)}
              </span>
              <ComponentTile icon={type?.icon ?? ""} category={type?.category ?? "external"} size={24} />
              <span className={styles.typeName}>{nameOf(component, catalogue)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function rowsOf(document: DesignDocument, catalogue: Catalogue, closed: ReadonlySet<string>): Row[] {
  const placements = placementsOf(document, catalogue);
  const rows: Row[] = [];
  const add = (containerId: string | undefined): void => {
    const ids = childrenOf(document, containerId).toSorted((left, right) => {
      const [a, b] = [placements.get(left), placements.get(right)];
      return a && b ? a.y - b.y || a.x - b.x : 0;
    });
    for (const id of ids) {
      const hasContents = childrenOf(document, id).length > 0;
      const isOpen = !closed.has(id);
      rows.push({ id, depth: ancestorsOf(document, id).length, hasContents, isOpen });
      if (isOpen) add(id);
    }
  };
  add(undefined);
  return rows;
}
