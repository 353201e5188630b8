import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { categoryLabel } from "@/catalog/categories";
import { ComponentTile } from "@/catalog/ComponentTile";
import { NAMINGS, ownWord } from "@/catalog/naming";
import { sentenceStart } from "@/document/queries";
import { CANVAS, type Catalogue, type ComponentType, newestTypes } from "@/document/types";
import { IconButton } from "@/ui/IconButton";
import { Pill } from "@/ui/Pill";

import { propertyRows } from "./propertyRows";
import styles from "./TypeDetails.module.css";

/** All that the catalogue says about one version of a type. */
export function TypeDetails({ reference, catalogue }: { reference: string; catalogue: Catalogue }) {
  const navigate = useNavigate();
  const type = catalogue.get(reference);
  const close = (
    <IconButton label="Close" size={28} onClick={() => void navigate("/component-types")}>
      <IconX size={16} stroke={1.75} />
    </IconButton>
  );
  if (!type) {
    return (
      <section className={styles.details} aria-label={reference}>
        <header className={styles.head}>
          <h2 className={styles.title}>{reference}</h2>
          {close}
        </header>
        <p className={styles.quiet}>No component type has this key. It may have been retired before any design used it.</p>
      </section>
    );
  }
  const newest = newestTypes(catalogue).find(({ key }) => key === type.key);
  return (
    <section className={styles.details} aria-label={type.label}>
      <title>{`${type.label} · Stackdraft`}</title>
      <header className={styles.head}>
        <ComponentTile icon={type.icon} category={type.category} />
        <div className={styles.words}>
          <h2 className={styles.title}>{type.label}</h2>
          <p className={styles.quiet}>
            {categoryLabel(type.category)} <code>{type.reference}</code>
          </p>
        </div>
        <Pill outlined>Version {type.version}</Pill>
        {close}
      </header>
      <p className={styles.summary}>{type.summary}</p>
      {newest && newest.version > type.version && (
        <p className={styles.quiet}>
          New components are made of <Link to={`/component-types/${newest.reference}`}>version {newest.version}</Link>.
        </p>
      )}
      <Names type={type} />
      <div className={styles.pair}>
        <Part title="Compiles into">
          <Words words={type.makes.map(resourceWords)} nothing="Nothing: it is drawn, and no cloud makes it." />
        </Part>
        <Part title="Billed by">
          <Words words={type.billed.map(sentenceStart)} nothing="Nothing: it has no price of its own." />
        </Part>
      </div>
      <Properties type={type} catalogue={catalogue} />
      <Part title="Sits in">
        <TypeLinks keys={type.parents} catalogue={catalogue} />
      </Part>
      <Holds type={type} catalogue={catalogue} />
      <Links type={type} catalogue={catalogue} />
    </section>
  );
}

function Names({ type }: { type: ComponentType }) {
  return (
    <Part title="Names">
      <dl className={styles.names}>
        {NAMINGS.map(({ value, label }) => (
          <div key={value}>
            <dt>{label}</dt>
            <dd>{ownWord(type, value) ?? <span className={styles.quiet}>no word for it</span>}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Properties({ type, catalogue }: { type: ComponentType; catalogue: Catalogue }) {
  const rows = propertyRows(type.properties, catalogue);
  return (
    <Part title="Properties">
      {rows.length === 0 ? (
        <p className={styles.quiet}>It has none.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.properties}>
            <thead>
              <tr>
                <th scope="col">Property</th>
                <th scope="col">Values</th>
                <th scope="col">Unit</th>
                <th scope="col">Default</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">
                    {row.title}
                    <code>{row.name}</code>
                    {row.help && <p className={styles.help}>{row.help}</p>}
                  </th>
                  <td>{row.values}</td>
                  <td>{row.unit}</td>
                  <td className={styles.preset}>{row.preset}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}

function Holds({ type, catalogue }: { type: ComponentType; catalogue: Catalogue }) {
  if (!type.container) return null;
  const held = newestTypes(catalogue).flatMap(({ key, parents }) => (parents.includes(type.key) ? [key] : []));
  return (
    <Part title="Holds">
      {held.length > 0 ? <TypeLinks keys={held} catalogue={catalogue} /> : <p className={styles.quiet}>Nothing may sit in it.</p>}
    </Part>
  );
}

function Links({ type, catalogue }: { type: ComponentType; catalogue: Catalogue }) {
  const inwards: Record<string, string[]> = {};
  for (const other of newestTypes(catalogue)) {
    for (const [kind, targets] of Object.entries(other.links)) {
      if (targets.includes(type.key)) (inwards[kind] ??= []).push(other.key);
    }
  }
  const { protocol, port } = type.accepts ?? {};
  return (
    <>
      <Part title="May link to">
        <Kinds kinds={type.links} catalogue={catalogue} nothing="No link leaves it." />
      </Part>
      <Part title="May be linked from" note={protocol ? `A new link gets ${[protocol, port].filter(Boolean).join(" ")}.` : undefined}>
        <Kinds kinds={inwards} catalogue={catalogue} nothing="No link reaches it." />
      </Part>
    </>
  );
}

function Kinds({ kinds, catalogue, nothing }: { kinds: Readonly<Record<string, string[]>>; catalogue: Catalogue; nothing: string }) {
  const listed = Object.entries(kinds).filter(([, keys]) => keys.length > 0);
  if (listed.length === 0) return <p className={styles.quiet}>{nothing}</p>;
  return (
    <dl className={styles.kinds}>
      {listed.map(([kind, keys]) => (
        <div key={kind}>
          <dt>{sentenceStart(kind.replaceAll("_", " "))}</dt>
          <dd>
            <TypeLinks keys={keys} catalogue={catalogue} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TypeLinks({ keys, catalogue }: { keys: readonly string[]; catalogue: Catalogue }) {
  const newest = newestTypes(catalogue);
  return (
    <ul className={styles.types}>
      {keys.map((key) => {
        const type = newest.find((one) => one.key === key);
        return (
          <li key={key}>
            {type ? (
              <Link to={`/component-types/${type.reference}`} className={styles.chip}>
                <ComponentTile icon={type.icon} category={type.category} size={24} />
                {type.label}
              </Link>
            ) : (
              <span className={styles.chip}>{key === CANVAS ? "The open canvas" : key}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Words({ words, nothing }: { words: readonly string[]; nothing: string }) {
  if (words.length === 0) return <p className={styles.quiet}>{nothing}</p>;
  return (
    <ul className={styles.list}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}

function Part({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{title}</h3>
      {note && <p className={styles.quiet}>{note}</p>}
      {children}
    </section>
  );
}

const ABBREVIATIONS: Readonly<Record<string, string>> = { ip: "IP", dns: "DNS", vpn: "VPN", ike: "IKE", ipsec: "IPsec" };

/** A resource kind as people read it: `security_group_rule` is a security group rule. */
function resourceWords(kind: string): string {
  if (kind === "external") return "Nothing in the cloud: arranged by hand, and priced";
  return sentenceStart(kind.replaceAll("_", " ").replace(/\b(ip|dns|vpn|ike|ipsec)\b/g, (word) => ABBREVIATIONS[word] ?? word));
}
