import { Button, Select, TextInput } from "@mantine/core";
import { IconArrowRight, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { changeLink, removeLink } from "@/document/commands";
import { allowedKinds, linkWords } from "@/document/linkRules";
import { nameOf, sentenceStart } from "@/document/queries";
import type { Json } from "@/document/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./Inspector.module.css";

const PROTOCOLS = ["HTTP", "HTTPS", "TCP", "UDP", "SSH", "MySQL", "PostgreSQL", "Memcached", "SMTP", "NFS", "IP"];

/** A link's kind, protocol and port. What they say is what the firewall lets through. */
export function LinkInspector({ id }: { id: string }) {
  const link = useDesignStore((state) => state.document.links[id]);
  const components = useDesignStore((state) => state.document.components);
  const catalogue = useDesignStore((state) => state.catalogue);
  const select = useSessionStore((state) => state.select);
  if (!link) return null;
  const [source, target] = [components[link.source], components[link.target]];
  const [from, to] = [catalogue.get(source?.type ?? ""), catalogue.get(target?.type ?? "")];
  const kinds = from && to ? allowedKinds(from, to) : [];
  const names = [source, target].map((component) => (component ? nameOf(component, catalogue) : "?"));
  const { text, port } = linkWords(link);
  const change = (what: { kind?: string; protocol?: Json; port?: Json }, burst?: string): void => {
    const outcome = useDesignStore.getState().perform(changeLink, { id, ...what }, burst ? { burst: `${id} ${burst}` } : {});
    if (!outcome.done) useSessionStore.getState().say(outcome.reason, outcome.advice);
  };
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h2 className={styles.title}>Link {[text, port].filter(Boolean).join(" ")}</h2>
          <p className={styles.subtitle}>
            {names[0]} <IconArrowRight size={12} stroke={2} aria-label="to" /> {names[1]}
          </p>
        </div>
      </header>
      <div className={styles.form}>
        <Select
          className={styles.wide ?? ""}
          label="Kind"
          data={[...new Set([link.kind, ...kinds])].map((kind) => ({ value: kind, label: sentenceStart(kind) }))}
          value={link.kind}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
          onChange={(kind) => {
            if (kind !== null) change({ kind });
          }}
        />
        <Select
          className={styles.half ?? ""}
          label="Protocol"
          data={[...new Set([...PROTOCOLS, ...(typeof link.properties?.protocol === "string" ? [link.properties.protocol] : [])])]}
          value={typeof link.properties?.protocol === "string" ? link.properties.protocol : null}
          placeholder="None"
          clearable
          comboboxProps={{ withinPortal: true }}
          onChange={(protocol) => change({ protocol })}
        />
        <PortField key={port} shown={port} onChange={(value) => change({ port: value }, "port")} />
        <div className={styles.actions}>
          <Button size="xs" onClick={() => select([link.source])}>
            Go to {names[0]}
          </Button>
          <Button
            size="xs"
            data-danger
            leftSection={<IconTrash size={14} stroke={1.75} />}
            onClick={() => useDesignStore.getState().perform(removeLink, { id })}
          >
            Delete link
          </Button>
        </div>
      </div>
    </>
  );
}

/** One port, several with commas, a range, or any. It becomes an edit when the field is left or Enter pressed. */
function PortField({ shown, onChange }: { shown: string; onChange: (port: Json) => void }) {
  const [draft, setDraft] = useState(shown);
  const ports = draft.split(",").map((part) => part.trim()).filter(Boolean);
  const isFine = ports.every(isPort) || draft.trim() === ANY_PORT;
  const commit = (): void => {
    if (!isFine || draft === shown) return;
    const [only] = ports.length === 1 ? ports : [];
    onChange(ports.length === 0 ? null : only !== undefined && /^\d+$/.test(only) ? Number(only) : ports.join(","));
  };
  return (
    <TextInput
      className={styles.half ?? ""}
      label="Port"
      value={draft}
      placeholder="None"
      error={isFine ? undefined : "Use ports from 1 to 65535, such as 80, 80,443 or 4567-4568, or any."}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
}

/** What the server calls every port. */
const ANY_PORT = "any";

/** `80` or `4567-4568`. */
function isPort(text: string): boolean {
  const [first = "", last = first] = text.split("-").map((part) => part.trim());
  return [first, last].every((part) => /^\d{1,5}$/.test(part) && Number(part) >= 1 && Number(part) <= 65535) && Number(first) <= Number(last);
}
