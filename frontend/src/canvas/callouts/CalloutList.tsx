import { Button, MultiSelect, Textarea } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";

import { addCallout, changeCallout, type Command, moveCallout, removeCallout, renumberCallouts } from "@/document/commands";
import { calloutsOf, nameOf, type NumberedCallout } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { IconButton } from "@/ui/IconButton";

import { useMotion } from "../useMotion";
import styles from "./CalloutList.module.css";

/** The legend of the drawing: every numbered remark. The open one can be changed, and what it is about stands out. */
export function CalloutList() {
  const document = useDesignStore((state) => state.document);
  const open = useSessionStore((state) => state.callout);
  const selection = useSessionStore((state) => state.selection);
  const callouts = calloutsOf(document);
  const hasGaps = callouts.some(({ number }, index) => number !== String(index + 1));
  return (
    <>
      <div className={styles.scroll}>
        {callouts.length === 0 ? (
          <p className={styles.nothing}>No callouts yet. A callout is a numbered remark that explains a part of the drawing.</p>
        ) : (
          <ol className={styles.list} aria-label="Callouts">
            {callouts.map((callout, index) => (
              <li key={callout.number} className={styles.item} data-open={callout.number === open || undefined}>
                <Head callout={callout} isOpen={callout.number === open} />
                {callout.number === open && (
                  <CalloutForm key={callout.number} callout={callout} before={callouts[index - 1]} after={callouts[index + 1]} />
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
      <div className={styles.foot}>
        <Button size="xs" leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => beginCallout(selection)}>
          {selection.length > 0 ? "Add about the selection" : "Add callout"}
        </Button>
        {hasGaps && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              useSessionStore.getState().showCallout(undefined);
              act(renumberCallouts, {});
            }}
          >
            Renumber
          </Button>
        )}
      </div>
    </>
  );
}

/** A new callout about these components, open for writing. */
export function beginCallout(components: readonly string[]): void {
  if (!act(addCallout, { components })) return;
  const number = calloutsOf(useDesignStore.getState().document).at(-1)?.number;
  useSessionStore.getState().showCallout(number);
}

function Head({ callout: { number, text, components }, isOpen }: { callout: NumberedCallout; isOpen: boolean }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const showCallout = useSessionStore((state) => state.showCallout);
  const { fitView } = useReactFlow();
  const duration = useMotion();
  const about = components.flatMap((id) => (document.components[id] ? [nameOf(document.components[id], catalogue)] : []));
  const show = (): void => void fitView({ nodes: components.map((id) => ({ id })), maxZoom: 1, padding: 0.3, duration });
  return (
    <button
      type="button"
      className={styles.head}
      aria-expanded={isOpen}
      onClick={() => showCallout(isOpen ? undefined : number)}
      onDoubleClick={components.length > 0 ? show : undefined}
    >
      <span className={styles.number}>{number}</span>
      <span className={styles.words}>
        {!isOpen && <span className={styles.text}>{text || "No text yet"}</span>}
        <span className={styles.about}>{about.length > 0 ? about.join(", ") : "About nothing on the drawing"}</span>
      </span>
    </button>
  );
}

type FormProps = { callout: NumberedCallout; before: NumberedCallout | undefined; after: NumberedCallout | undefined };

function CalloutForm({ callout: { number, text, components }, before, after }: FormProps) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const showCallout = useSessionStore((state) => state.showCallout);
  const [draft, setDraft] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  // Who just added one wants to write; who opened one wants to read it first.
  useEffect(() => {
    if (text !== "") return undefined;
    // A menu that it was chosen from gives the focus back to its button first.
    const timer = setTimeout(() => field.current?.focus(), 80);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it opens
  }, []);
  const move = (by: -1 | 1, neighbour: NumberedCallout): void => {
    if (act(moveCallout, { number, by })) showCallout(neighbour.number);
  };
  return (
    <div className={styles.form}>
      <Textarea
        ref={field}
        aria-label={`Text of callout ${number}`}
        placeholder="What is worth knowing here"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={2000}
        value={draft ?? text}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          act(changeCallout, { number, text: event.currentTarget.value }, `callout ${number}`);
        }}
        onBlur={() => setDraft(undefined)}
      />
      <MultiSelect
        aria-label={`What callout ${number} is about`}
        placeholder={components.length === 0 ? "Choose components" : undefined}
        searchable
        data={Object.entries(document.components).map(([id, component]) => ({ value: id, label: nameOf(component, catalogue) }))}
        value={components.filter((id) => id in document.components)}
        comboboxProps={{ withinPortal: true }}
        onChange={(chosen) => act(changeCallout, { number, components: chosen })}
      />
      <div className={styles.tools}>
        <IconButton label={`Make it number ${before?.number ?? number}`} size={28} disabled={!before} onClick={() => before && move(-1, before)}>
          <IconArrowUp size={16} stroke={1.75} />
        </IconButton>
        <IconButton label={`Make it number ${after?.number ?? number}`} size={28} disabled={!after} onClick={() => after && move(1, after)}>
          <IconArrowDown size={16} stroke={1.75} />
        </IconButton>
        <IconButton
          label={`Remove callout ${number}`}
          size={28}
          onClick={() => {
            if (act(removeCallout, { number })) showCallout(undefined);
          }}
        >
          <IconTrash size={16} stroke={1.75} />
        </IconButton>
      </div>
    </div>
  );
}

function act<Args>(command: Command<Args>, args: Args, burst?: string): boolean {
  const outcome = useDesignStore.getState().perform(command, args, burst === undefined ? {} : { burst });
  if (!outcome.done) useSessionStore.getState().say(outcome.reason, outcome.advice);
  return outcome.done;
}
