import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";

import { addComponent } from "@/document/commands";
import { cardSize, EMPTY_CONTAINER } from "@/document/cards";
import { originOf, placementsOf } from "@/document/geometry";
import { freshId } from "@/document/ids";
import { ancestorsOf, placementRefusal, typeKeyOf } from "@/document/queries";
import type { Point } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

type Place = { parent: string | undefined; position?: Point | undefined };

/** Add a component where it was dropped, or find it a place: in what is selected, or in the first container that takes it. */
export function useAddComponent() {
  const { screenToFlowPosition } = useReactFlow();

  const add = useCallback((type: string, place: Place): void => {
    const { document, perform } = useDesignStore.getState();
    const { select, addRecent, say, setInspectorTab } = useSessionStore.getState();
    const id = freshId(document.components, type);
    const outcome = perform(addComponent, { id, type, ...place });
    if (!outcome.done) {
      say(outcome.reason, outcome.advice);
      return;
    }
    addRecent(type);
    select([id]);
    setInspectorTab("properties");
  }, []);

  const addAt = useCallback(
    (type: string, container: string | undefined, screen: Point): void => {
      const { document, catalogue } = useDesignStore.getState();
      const point = screenToFlowPosition(screen, { snapToGrid: false });
      const origin = originOf(document, placementsOf(document, catalogue), container);
      const size = catalogue.get(type)?.container ? EMPTY_CONTAINER : cardSize({ type }, catalogue);
      const position = { x: point.x - origin.x - size.width / 2, y: point.y - origin.y - size.height / 2 };
      add(type, { parent: container, position });
    },
    [add, screenToFlowPosition],
  );

  const addSomewhere = useCallback(
    (key: string): void => {
      const { document, catalogue } = useDesignStore.getState();
      const { selection, say } = useSessionStore.getState();
      const type = catalogue.get(key);
      if (!type) return;
      const selected = selection.at(-1);
      const nearby = selected === undefined ? [] : [selected, ...ancestorsOf(document, selected)];
      const takes = (id: string | undefined): boolean => {
        const container = id === undefined ? undefined : catalogue.get(document.components[id]?.type ?? "");
        return (id === undefined || container?.container === true) && placementRefusal(type, container, catalogue) === undefined;
      };
      const preferred = type.parents.flatMap((parent) =>
        Object.entries(document.components).flatMap(([id, component]) => (typeKeyOf(component, catalogue) === parent ? [id] : [])),
      );
      const parent = [...nearby, ...(takes(undefined) && !type.container ? [undefined] : []), ...preferred, undefined].find(takes);
      if (parent === undefined && !takes(undefined)) {
        say(placementRefusal(type, undefined, catalogue) ?? "", `There is none in this design yet. Add one first.`);
        return;
      }
      if (parent === undefined) {
        const pane = window.document.querySelector(".react-flow")?.getBoundingClientRect();
        const middle = pane && screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 });
        const taken = middle !== undefined && Object.keys(document.components).length > 0;
        add(key, { parent, position: taken ? undefined : middle });
      } else {
        add(key, { parent });
      }
    },
    [add, screenToFlowPosition],
  );

  return { addAt, addSomewhere };
}
