import { Select, TextInput } from "@mantine/core";
import { Fragment, useState } from "react";
import { Link } from "react-router";

import { moveComponents, renameComponent, setProperty } from "@/document/commands";
import { CONTAINER_HEADER } from "@/document/cards";
import { freeSpot, placementsOf } from "@/document/geometry";
import { asProperty, type Field, fieldsOf, valueAt } from "@/document/form";
import { countOf, nameOf, placementRefusal, propertiesOf, typeLabel, withContents } from "@/document/queries";
import { CANVAS, type Catalogue, type Component, type DesignDocument, type Json } from "@/document/types";
import { PropertyField } from "@/properties/PropertyField";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./Inspector.module.css";
import { MatchedFlavor } from "./MatchedFlavor";

/** The form of a component, drawn from its type's schema. */
export function PropertiesTab({ id, component }: { id: string; component: Component }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const type = catalogue.get(component.type);
  if (!type) return <p className={styles.hint}>The type {component.type} is not in this catalogue, so its properties can’t be shown.</p>;
  const properties = propertiesOf(component, catalogue);
  const fields = fieldsOf(type.properties, document, catalogue);
  const change = (field: Field, value: Json): void => {
    const { name, value: member } = asProperty(field.path, value);
    useDesignStore.getState().perform(setProperty, { id, name, value: member }, { label: `Change ${field.title.toLowerCase()}`, burst: `${id} ${field.path.join(".")}` });
  };
  const lastOfSize = fields.findLastIndex((field) => field.path[0] === "size");
  const countAt = fields.findIndex((field) => field.path[0] === "count");
  const hasCount = countAt >= 0;
  return (
    <div className={styles.form}>
      <NameField id={id} component={component} />
      {!hasCount && <ParentField id={id} component={component} />}
      {fields.map((field, index) => (
        <Fragment key={field.path.join(".")}>
          <PropertyField field={field} value={valueAt(properties, field.path)} onChange={(value) => change(field, value)} />
          {hasCount && index === countAt && <ParentField id={id} component={component} isHalf />}
          {index === lastOfSize && <MatchedFlavor id={id} count={countOf(component, catalogue)} pinned={typeof properties.flavor === "string" ? properties.flavor : undefined} />}
        </Fragment>
      ))}
      <Link to={`/component-types/${type.reference}`} className={styles.about}>
        About this type
      </Link>
    </div>
  );
}

function NameField({ id, component }: { id: string; component: Component }) {
  const catalogue = useDesignStore((state) => state.catalogue);
  const name = nameOf(component, catalogue);
  const [draft, setDraft] = useState<string>();
  const shown = draft ?? name;
  return (
    <TextInput
      className={styles.wide ?? ""}
      label="Name"
      value={shown}
      maxLength={200}
      error={shown.trim() === "" ? "A component needs a name." : undefined}
      onChange={(event) => {
        const label = event.currentTarget.value;
        setDraft(label);
        if (label.trim() !== "") useDesignStore.getState().perform(renameComponent, { id, label }, { burst: `${id} name` });
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
}

function ParentField({ id, component, isHalf = false }: { id: string; component: Component; isHalf?: boolean }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const options = placesFor(id, component, document, catalogue);
  if (options.length <= 1 && options[0]?.value === (component.parent ?? CANVAS)) return null;
  const label = component.parent === undefined ? "Inside" : typeLabel(document.components[component.parent] ?? component, catalogue);
  return (
    <Select
      className={(isHalf ? styles.half : styles.wide) ?? ""}
      label={label}
      data={options}
      value={component.parent ?? CANVAS}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      onChange={(value) => {
        if (value !== null) moveInto(id, value === CANVAS ? undefined : value);
      }}
    />
  );
}

function placesFor(id: string, component: Component, document: DesignDocument, catalogue: Catalogue): { value: string; label: string }[] {
  const type = catalogue.get(component.type);
  if (!type) return [];
  const own = new Set(withContents(document, [id]));
  const containers = Object.entries(document.components).flatMap(([other, container]) => {
    const containerType = catalogue.get(container.type);
    if (!containerType?.container || own.has(other) || placementRefusal(type, containerType, catalogue)) return [];
    return [{ value: other, label: nameOf(container, catalogue) }];
  });
  return type.parents.includes(CANVAS) ? [{ value: CANVAS, label: "Open canvas" }, ...containers] : containers;
}

function moveInto(id: string, container: string | undefined): void {
  const { document, catalogue, perform } = useDesignStore.getState();
  const size = placementsOf(document, catalogue).get(id) ?? { width: 176, height: 56 };
  const position = freeSpot(document, catalogue, container, { width: size.width, height: size.height }, container === undefined ? undefined : { x: 24, y: CONTAINER_HEADER + 16 });
  const outcome = perform(moveComponents, { moves: { [id]: { position, parent: container ?? null } } });
  if (!outcome.done) useSessionStore.getState().say(outcome.reason, outcome.advice);
}
