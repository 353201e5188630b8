import { create } from "zustand";

import type { Naming, Point } from "@/document/types";

/** Which tool the pointer is. */
export type Tool = "select" | "pan";
export type PaletteTab = "components" | "outline" | "callouts";
export type InspectorTab = "properties" | "links" | "findings";

/** A link under way, by pointer or by keyboard. */
export type Linking = {
  source: string;
  by: "pointer" | "keyboard";
  allowed: ReadonlySet<string>;
  /** Where the Tab key stops: the allowed places that are not linked yet. */
  stops?: readonly string[];
  /** The component under the pointer, or the one that has the keyboard's attention. */
  over?: string | undefined;
  /** The pointer on the screen. */
  at?: Point | undefined;
};

/** Something is being dragged; `container` is what would take it, undefined the open canvas. */
export type Dragging = {
  container: string | undefined;
  /** Shown as `Drop here`: a container that would take it and does not hold it yet. */
  isOffered: boolean;
  refusal?: string | undefined;
  /** The pointer on the screen, for the reason beside it. */
  at: Point;
  /** The type that comes from the palette; absent when a component is moved. */
  type?: string | undefined;
};

type Viewport = { x: number; y: number; zoom: number };

/** What this person is looking at. Never part of the document or its history. */
type SessionState = {
  selection: readonly string[];
  link: string | undefined;
  tool: Tool;
  linking: Linking | undefined;
  dragging: Dragging | undefined;
  paletteTab: PaletteTab;
  /** The number of the callout that is being read: what it is about stands out on the canvas. */
  callout: string | undefined;
  naming: Naming;
  recent: readonly string[];
  closedCategories: readonly string[];
  inspectorTab: InspectorTab;
  isCostOpen: boolean;
  areShortcutsOpen: boolean;
  /** A refusal that belongs to no particular place; `at` says where the pointer was. */
  notice: { text: string; advice?: string | undefined; number: number } | undefined;
  viewports: Readonly<Record<string, Viewport>>;

  select: (ids: readonly string[]) => void;
  toggle: (id: string) => void;
  selectLink: (id: string | undefined) => void;
  setTool: (tool: Tool) => void;
  setLinking: (linking: Linking | undefined) => void;
  setDragging: (dragging: Dragging | undefined) => void;
  setPaletteTab: (tab: PaletteTab) => void;
  /** Opens the list of callouts at this one. */
  showCallout: (number: string | undefined) => void;
  setNaming: (naming: Naming) => void;
  addRecent: (type: string) => void;
  toggleCategory: (category: string) => void;
  setInspectorTab: (tab: InspectorTab) => void;
  toggleCost: () => void;
  showShortcuts: (open: boolean) => void;
  say: (text: string, advice?: string) => void;
  dismissNotice: () => void;
  keepViewport: (designId: string, viewport: Viewport) => void;
};

const REMEMBERED = "stackdraft.session";
const RECENT = 4;
const NOTHING: readonly string[] = [];
/** Closed at the first visit, so that the everyday types are in sight. */
const RARELY_OPENED: readonly string[] = ["network", "security", "messaging", "observability", "external", "dedicated"];

export const useSessionStore = create<SessionState>()((set, get) => {
  const remember = (): void => {
    const { naming, recent, closedCategories, isCostOpen, viewports } = get();
    try {
      window.localStorage.setItem(REMEMBERED, JSON.stringify({ naming, recent, closedCategories, isCostOpen, viewports }));
    } catch {
      // Storage full or forbidden: the next visit starts with the usual panels.
    }
  };
  return {
    selection: NOTHING,
    link: undefined,
    tool: "select",
    linking: undefined,
    dragging: undefined,
    paletteTab: "components",
    callout: undefined,
    naming: "generic",
    recent: NOTHING,
    closedCategories: RARELY_OPENED,
    inspectorTab: "properties",
    isCostOpen: !window.matchMedia("(width < 1200px), (height < 800px)").matches,
    areShortcutsOpen: false,
    notice: undefined,
    viewports: {},
    ...remembered(),

    select: (ids) => set(({ selection }) => (sameIds(selection, ids) ? { link: undefined } : { selection: ids, link: undefined })),
    toggle: (id) =>
      set(({ selection }) => ({
        selection: selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id],
        link: undefined,
      })),
    selectLink: (link) => set({ link, selection: NOTHING }),
    setTool: (tool) => set({ tool }),
    setLinking: (linking) => set({ linking }),
    setDragging: (dragging) => set({ dragging }),
    setPaletteTab: (paletteTab) => set({ paletteTab, callout: undefined }),
    showCallout: (callout) => set(callout === undefined ? { callout } : { callout, paletteTab: "callouts" }),
    setNaming: (naming) => {
      set({ naming });
      remember();
    },
    addRecent: (type) => {
      set(({ recent }) => ({ recent: [type, ...recent.filter((one) => one !== type)].slice(0, RECENT) }));
      remember();
    },
    toggleCategory: (category) => {
      set(({ closedCategories: closed }) => ({
        closedCategories: closed.includes(category) ? closed.filter((one) => one !== category) : [...closed, category],
      }));
      remember();
    },
    setInspectorTab: (inspectorTab) => set({ inspectorTab }),
    toggleCost: () => {
      set(({ isCostOpen }) => ({ isCostOpen: !isCostOpen }));
      remember();
    },
    showShortcuts: (areShortcutsOpen) => set({ areShortcutsOpen }),
    say: (text, advice) => set(({ notice }) => ({ notice: { text, advice, number: (notice?.number ?? 0) + 1 } })),
    dismissNotice: () => set({ notice: undefined }),
    keepViewport: (designId, viewport) => {
      set(({ viewports }) => ({ viewports: { ...viewports, [designId]: viewport } }));
      remember();
    },
  };
});

function remembered(): Partial<SessionState> {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(REMEMBERED) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Partial<SessionState>) : {};
  } catch {
    return {};
  }
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}
