import { Tabs } from "@mantine/core";
import { IconListNumbers, IconListTree, IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { memo, useEffect, useRef, useState } from "react";

import { type PaletteTab, useSessionStore } from "@/stores/sessionStore";
import { IconButton } from "@/ui/IconButton";

import { CalloutList } from "../callouts/CalloutList";
import { ComponentList } from "./ComponentList";
import { Outline } from "./Outline";
import styles from "./Palette.module.css";
import { RailTypes } from "./RailTypes";

/** What can be drawn, and what is drawn. On narrow screens a rail whose panel flies out over the canvas. */
export const Palette = memo(function Palette() {
  const tab = useSessionStore((state) => state.paletteTab);
  const setTab = useSessionStore((state) => state.setPaletteTab);
  const [isOut, setOut] = useState(false);
  const [searches, setSearches] = useState(0);
  const place = useRef<HTMLElement>(null);

  const fly = (wanted: PaletteTab, search = false): void => {
    setOut(!(isOut && tab === wanted) || search);
    setTab(wanted);
    if (search) setSearches((count) => count + 1);
  };

  // Only when the panel is out can its field take the focus.
  useEffect(() => {
    if (searches > 0) place.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  }, [searches]);

  // A number on the canvas was clicked: its text is in the panel, which may be behind the rail.
  useEffect(
    () =>
      useSessionStore.subscribe(({ callout }, before) => {
        if (callout !== undefined && before.callout === undefined) setOut(true);
      }),
    [],
  );

  useEffect(() => {
    if (!isOut) return undefined;
    const leave = (event: Event): void => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !place.current?.contains(event.target as Node)) setOut(false);
    };
    // A component dragged out of the fly-out needs the canvas below it.
    const stopWatching = useSessionStore.subscribe(({ dragging }) => {
      if (dragging) setOut(false);
    });
    window.addEventListener("pointerdown", leave);
    window.addEventListener("keydown", leave);
    return () => {
      stopWatching();
      window.removeEventListener("pointerdown", leave);
      window.removeEventListener("keydown", leave);
    };
  }, [isOut]);

  return (
    <aside className={styles.place} data-region="palette" aria-label="Palette" ref={place} data-out={isOut || undefined}>
      <div className={styles.rail}>
        <IconButton label="Components" onClick={() => fly("components")} aria-expanded={isOut && tab === "components"}>
          <IconPlus size={20} stroke={1.6} />
        </IconButton>
        <IconButton label="Outline" onClick={() => fly("outline")} aria-expanded={isOut && tab === "outline"}>
          <IconListTree size={20} stroke={1.6} />
        </IconButton>
        <IconButton label="Callouts" onClick={() => fly("callouts")} aria-expanded={isOut && tab === "callouts"}>
          <IconListNumbers size={20} stroke={1.6} />
        </IconButton>
        <IconButton label="Search components" shortcut="/" onClick={() => fly("components", true)}>
          <IconSearch size={20} stroke={1.6} />
        </IconButton>
        <RailTypes />
      </div>
      <div className={styles.panel}>
        <Tabs
          value={tab}
          onChange={(value) => setTab(value as PaletteTab)}
          variant="unstyled"
          keepMounted={false}
          classNames={{ root: styles.tabs ?? "", list: styles.tabList ?? "", tab: styles.tab ?? "", panel: styles.tabPanel ?? "" }}
        >
          <Tabs.List aria-label="Palette">
            <Tabs.Tab value="components">Components</Tabs.Tab>
            <Tabs.Tab value="outline">Outline</Tabs.Tab>
            <Tabs.Tab value="callouts">Callouts</Tabs.Tab>
          </Tabs.List>
          {isOut && (
            <span className={styles.close}>
              <IconButton label="Close" size={28} onClick={() => setOut(false)}>
                <IconX size={16} stroke={1.75} />
              </IconButton>
            </span>
          )}
          <Tabs.Panel value="components">
            <ComponentList />
          </Tabs.Panel>
          <Tabs.Panel value="outline">
            <Outline />
          </Tabs.Panel>
          <Tabs.Panel value="callouts">
            <CalloutList />
          </Tabs.Panel>
        </Tabs>
      </div>
    </aside>
  );
});
