import { Menu, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import { CATEGORIES } from "@/catalog/categories";
import { ComponentTile } from "@/catalog/ComponentTile";
import type { Catalogue, ComponentType, Naming } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { useAddComponent } from "../dragging/useAddComponent";
import { usePaletteDrag } from "../dragging/usePaletteDrag";
import styles from "./Palette.module.css";
import { searchTypes } from "./searchTypes";
import { NAMINGS, typeName } from "./typeNames";

export function ComponentList() {
  const catalogue = useDesignStore((state) => state.catalogue);
  const naming = useSessionStore((state) => state.naming);
  const recent = useSessionStore((state) => state.recent);
  const [search, setSearch] = useState("");
  const sought = search.trim().toLocaleLowerCase();
  const found = sought ? searchTypes(catalogue, sought) : [];
  const { addSomewhere } = useAddComponent();

  return (
    <>
      <div className={styles.search}>
        <TextInput
          type="search"
          aria-label="Search component types"
          placeholder={`Search ${String(catalogue.size)} types`}
          leftSection={<IconSearch size={16} stroke={1.75} />}
          rightSection={search ? undefined : <kbd className={styles.key}>/</kbd>}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && found[0]) addSomewhere(found[0].key);
            if (event.key === "Escape") {
              setSearch("");
              event.currentTarget.blur();
            }
          }}
        />
      </div>
      <NamesMenu />
      <div className={styles.scroll}>
        {sought ? (
          found.length > 0 ? (
            <TypeList types={found} naming={naming} label="Found" />
          ) : (
            <p className={styles.nothing}>No type is called {search.trim()}. Try what it does, such as cache or backup.</p>
          )
        ) : (
          <Categories catalogue={catalogue} naming={naming} recent={recent} />
        )}
      </div>
    </>
  );
}

function Categories({ catalogue, naming, recent }: { catalogue: Catalogue; naming: Naming; recent: readonly string[] }) {
  const recentTypes = recent.flatMap((key) => catalogue.get(key) ?? []);
  return (
    <>
      {recentTypes.length > 0 && <Category id="recent" label="Recent" types={recentTypes} naming={naming} />}
      {CATEGORIES.map(({ key, label }) => {
        const types = [...catalogue.values()].filter((type) => type.category === key);
        return types.length > 0 && <Category key={key} id={key} label={label} types={types} naming={naming} />;
      })}
    </>
  );
}

function Category({ id, label, types, naming }: { id: string; label: string; types: ComponentType[]; naming: Naming }) {
  const isClosed = useSessionStore((state) => state.closedCategories.includes(id));
  const toggle = useSessionStore((state) => state.toggleCategory);
  return (
    <section>
      <UnstyledButton className={styles.category} aria-expanded={!isClosed} onClick={() => toggle(id)}>
        {isClosed ? <IconChevronRight size={12} stroke={2} aria-hidden="true" /> : <IconChevronDown size={12} stroke={2} aria-hidden="true" />}
        {label}
        <span className={styles.categoryCount}>{types.length}</span>
      </UnstyledButton>
      {!isClosed && <TypeList types={types} naming={naming} label={label} />}
    </section>
  );
}

function TypeList({ types, naming, label }: { types: ComponentType[]; naming: Naming; label: string }) {
  const startDrag = usePaletteDrag();
  const { addSomewhere } = useAddComponent();
  return (
    <ul className={styles.types} aria-label={label}>
      {types.map((type) => (
        <li key={type.key}>
          <Tooltip label={type.summary} position="right" openDelay={700} multiline w={240}>
            <UnstyledButton
              className={styles.type}
              onPointerDown={(event) => startDrag(type.key, event)}
              onClick={() => addSomewhere(type.key)}
              aria-label={typeName(type, naming)}
              data-type={type.key}
            >
              <ComponentTile icon={type.icon} category={type.category} size={24} />
              <span className={styles.typeName}>{typeName(type, naming)}</span>
            </UnstyledButton>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

function NamesMenu() {
  const naming = useSessionStore((state) => state.naming);
  const setNaming = useSessionStore((state) => state.setNaming);
  const shown = NAMINGS.find(({ value }) => value === naming)?.label;
  return (
    <div className={styles.names}>
      <span>Names</span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <UnstyledButton className={styles.naming} aria-label={`Names: ${shown ?? ""}`}>
            {shown}
            <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {NAMINGS.map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => setNaming(value)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
