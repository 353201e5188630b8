import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";

import { nudgeComponents } from "@/document/commands";
import { childrenOf, parentOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { copySelection, duplicateSelection, pasteCopied, removeSelection } from "./clipboard";
import { keyWhileLinking, startKeyboardLink } from "./linking/keyboardLinking";
import { useMotion } from "./useMotion";
import { FIT } from "./view";

const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/** F6 goes round these, in the order of the screen. */
const REGIONS = ["header", '[data-region="palette"]', '[data-region="canvas"]', '[data-region="panel"]'];
const FOCUSABLE = '.react-flow__node, a[href], button, input, [tabindex="0"]';

/** All keys of the Draw screen in one table. Text fields keep their own keys. */
export function useCanvasKeys(): void {
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const motion = useMotion();

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === "F6") {
        event.preventDefault();
        goToNextRegion(event.shiftKey);
        return;
      }
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (keyWhileLinking(event)) {
        event.preventDefault();
        return;
      }
      const act = event.ctrlKey || event.metaKey ? withControl(event) : event.altKey ? undefined : plain(event);
      if (!act) return;
      event.preventDefault();
      act();
    };

    const withControl = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
      const { undo, redo, document } = useDesignStore.getState();
      switch (key.toLowerCase()) {
        case "z":
          return shiftKey ? redo : undo;
        case "y":
          return redo;
        case "d":
          return duplicateSelection;
        case "c":
          return useSessionStore.getState().selection.length > 0 ? copySelection : undefined;
        case "v":
          return pasteCopied;
        case "a":
          return () => useSessionStore.getState().select(Object.keys(document.components));
        default:
          return undefined;
      }
    };

    const plain = (event: KeyboardEvent): (() => void) | undefined => {
      const session = useSessionStore.getState();
      const focused = focusedComponent(event.target);
      const onCanvas = focused !== undefined || event.target === window.document.body || isIn(event.target, '[data-region="canvas"]');
      const arrow = ARROWS[event.key];
      if (arrow) return onCanvas ? () => nudge(arrow, event.shiftKey ? 1 : 10, focused) : undefined;
      switch (event.key) {
        case "/":
          return () => searchPalette(session.setPaletteTab);
        case "?":
          return () => session.showShortcuts(true);
        case "Delete":
        case "Backspace":
          return onCanvas || isIn(event.target, '[role="tree"]') ? removeSelection : undefined;
        case "Escape":
          return () => goOut(focused);
        case "Enter":
        case " ":
          return focused === undefined ? undefined : () => goIn(focused, event.shiftKey);
        case "l":
        case "L": {
          const source = focused ?? (session.selection.length === 1 ? session.selection[0] : undefined);
          return source === undefined ? undefined : () => startKeyboardLink(source);
        }
        case "v":
          return () => session.setTool("select");
        case "h":
          return () => session.setTool("pan");
        case "+":
        case "=":
          return () => void zoomIn({ duration: motion });
        case "-":
          return () => void zoomOut({ duration: motion });
        case "0":
        case "1":
          return () => void fitView({ ...FIT, duration: motion });
        default:
          return undefined;
      }
    };

    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [fitView, zoomIn, zoomOut, motion]);
}

/** On narrow screens the search is behind its button in the rail. */
function searchPalette(setTab: (tab: "components") => void): void {
  const rail = window.document.querySelector<HTMLElement>('[data-region="palette"] [aria-label="Search components"]');
  if (rail?.offsetParent) {
    rail.click();
    return;
  }
  setTab("components");
  requestAnimationFrame(() => window.document.querySelector<HTMLInputElement>('[data-region="palette"] input[type="search"]')?.focus());
}

function nudge(direction: { x: number; y: number }, pixels: number, focused: string | undefined): void {
  const { selection, link } = useSessionStore.getState();
  const ids = selection.length > 0 ? [...selection] : focused === undefined || link !== undefined ? [] : [focused];
  if (ids.length === 0) return;
  const by = { x: direction.x * pixels, y: direction.y * pixels };
  useDesignStore.getState().perform(nudgeComponents, { ids, by }, { burst: `nudge ${ids.join(" ")}` });
}

/** Enter selects; again on a container goes to the first thing inside. */
function goIn(id: string, extend: boolean): void {
  const { selection, select, toggle, setTool } = useSessionStore.getState();
  setTool("select");
  if (extend) toggle(id);
  else if (selection.length === 1 && selection[0] === id) {
    const [first] = childrenOf(useDesignStore.getState().document, id);
    if (first !== undefined) focusComponent(first);
  } else select([id]);
}

/** Esc lets go of the selection; again goes out to the container. */
function goOut(focused: string | undefined): void {
  const { selection, link, select, notice, dismissNotice } = useSessionStore.getState();
  if (notice) dismissNotice();
  else if (selection.length > 0 || link !== undefined) select([]);
  else if (focused !== undefined) {
    const parent = parentOf(useDesignStore.getState().document, focused);
    if (parent !== undefined) focusComponent(parent);
  }
}

export function focusComponent(id: string): void {
  window.document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
}

function goToNextRegion(backwards: boolean): void {
  const now = REGIONS.findIndex((region) => window.document.activeElement?.closest(region));
  const from = now < 0 && backwards ? REGIONS.length : now;
  for (let step = 1; step <= REGIONS.length; step += 1) {
    const index = (from + (backwards ? -step : step) + 2 * REGIONS.length) % REGIONS.length;
    const places = window.document.querySelectorAll<HTMLElement>(`:is(${FOCUSABLE})`);
    const target = [...places].find((place) => place.closest(REGIONS[index] ?? "") && place.offsetParent !== null && place.tabIndex >= 0);
    if (target) {
      target.focus();
      return;
    }
  }
}

function focusedComponent(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement && target.classList.contains("react-flow__node") ? target.dataset.id : undefined;
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** In a text field, a menu or a dialog the keys mean what they always mean. */
function isTyping(target: EventTarget | null): boolean {
  return isIn(target, 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]');
}
