import { TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";

import { CATEGORIES } from "@/catalog/categories";
import { ComponentTile } from "@/catalog/ComponentTile";
import { NamesMenu } from "@/catalog/NamesMenu";
import { type ComponentType, newestTypes } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { useAddComponent } from "../dragging/useAddComponent";
import { usePaletteDrag } from "../dragging/usePaletteDrag";
import styles from "./Palette.module.css";
import { searchTypes } from "@/catalog/searchTypes";

export function ComponentList() {
  const catalogue = useDesignStore((state) => state.catalogue);
  const recent = useSessionStore((state) => state.recent);
  const [search, setSearch] = useState("");
  const sought = search.trim().toLocaleLowerCase();
  const types = newestTypes(catalogue);
  const found = sought ? searchTypes(types, sought) : [];
  const { addSomewhere } = useAddComponent();

  return (
    <>
      <div className={styles.search}>
        <TextInput
          type="search"
          aria-label="Search component types"
          placeholder={`Search ${String(types.length)} types`}
          leftSection={<IconSearch size={16} stroke={1.75} />}
          rightSection={search ? undefined : <kbd className={styles.key}>/</kbd>}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && found[0]) addSomewhere(found[0].reference);
            if (event.key === "ArrowDown") goToType(event, 0);
            if (event.key === "Escape") {
              setSearch("");
              event.currentTarget.blur();
            }
          }}
        />
      </div>
      <div className={styles.names}>
        <span>Names</span>
        <NamesMenu />
      </div>
      {/* The buttons inside are what has the focus; here only the arrow keys between them are heard. */}
      <div className={styles.scroll} role="presentation" onKeyDown={walk}>
        {sought ? (
          found.length > 0 ? (
            <TypeList types={found} label="Found" />
          ) : (
            <p className={styles.nothing}>No type is called {search.trim()}. Try what it does, such as cache or backup.</p>
          )
        ) : (
          <Categories types={types} recent={recent} />
        )}
      </div>
    </>
  );
}

function Categories({ types, recent }: { types: readonly ComponentType[]; recent: readonly string[] }) {
  const recentTypes = recent.flatMap((reference) => types.find((type) => type.reference === reference) ?? []);
  return (
    <>
      {recentTypes.length > 0 && <Category id="recent" label="Recent" types={recentTypes} />}
      {CATEGORIES.map(({ key, label }) => {
        const inside = types.filter((type) => type.category === key);
        return inside.length > 0 && <Category key={key} id={key} label={label} types={inside} />;
      })}
    </>
  );
}

function Category({ id, label, types }: { id: string; label: string; types: ComponentType[] }) {
  const isClosed = useSessionStore((state) => state.closedCategories.includes(id));
  const toggle = useSessionStore((state) => state.toggleCategory);
  return (
    <section>
      <UnstyledButton className={styles.category} aria-expanded={!isClosed} onClick={() => toggle(id)}>
        {isClosed ? <IconChevronRight size={12} stroke={2} aria-hidden="true" /> : <IconChevronDown size={12} stroke={2} aria-hidden="true" />}
        {label}
        <span className={styles.categoryCount}>{types.length}</span>
      </UnstyledButton>
      {!isClosed && <TypeList types={types} label={label} />}
    </section>
  );
}

function TypeList({ types, label }: { types: ComponentType[]; label: string }) {
  const startDrag = usePaletteDrag();
  const { addSomewhere } = useAddComponent();
  return (
    <ul className={styles.types} aria-label={label}>
      {types.map((type) => (
        <li key={type.key}>
          <Tooltip label={type.summary} position="right" openDelay={700} multiline w={240}>
            <UnstyledButton
              className={styles.type}
              onPointerDown={(event) => startDrag(type.reference, event)}
              onClick={() => addSomewhere(type.reference)}
              aria-label={type.label}
              data-type={type.key}
            >
              <ComponentTile icon={type.icon} category={type.category} size={24} />
              <span className={styles.typeName}>{type.label}</span>
            </UnstyledButton>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

/** Arrow up and down go from type to type and over the category heads; from the first one up to the search. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = stops.indexOf(window.document.activeElement as HTMLElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (next) next.focus();
  else if (event.key === "ArrowUp") event.currentTarget.closest('[role="tabpanel"]')?.querySelector("input")?.focus();
}

function goToType(event: KeyboardEvent<HTMLElement>, index: number): void {
  const types = event.currentTarget.closest('[role="tabpanel"]')?.querySelectorAll<HTMLElement>("[data-type]");
  event.preventDefault();
  types?.[index]?.focus();
}
