import { allowedKinds, defaultLink, linkRefusal } from "../linkRules";
import type { Json, JsonObject, MergePatch } from "../types";
import { type Command, EditNotPossible, NOTHING } from "./command";

/** Link two components by `kind`, or by the first kind that their types allow. */
export const connect: Command<{ id: string; source: string; target: string; kind?: string | undefined }> = {
  label: "Link",
  run: (design, { id, source, target, kind }, catalogue) => {
    const [from, to] = [design.components[source], design.components[target]];
    if (!from || !to) throw new EditNotPossible("One end of this link was removed meanwhile.");
    if (source === target) throw new EditNotPossible("A link joins two different components.");
    const [sourceType, targetType] = [catalogue.get(from.type), catalogue.get(to.type)];
    if (!sourceType || !targetType) throw new EditNotPossible("This component’s type is not in the catalogue.");
    const refusal = linkRefusal(sourceType, targetType, catalogue);
    if (refusal) throw new EditNotPossible(refusal.reason, refusal.advice);
    const chosen = defaultLink(sourceType, targetType, kind);
    if (!chosen) throw new EditNotPossible("No kind of link fits here.");
    const twin = Object.values(design.links).some((link) => link.source === source && link.target === target && link.kind === chosen.kind);
    if (twin) throw new EditNotPossible("These two are already linked.", "Select the link to change its protocol or port.");
    return { links: { [id]: { source, target, kind: chosen.kind, properties: chosen.properties } } };
  },
};

export const removeLink: Command<{ id: string }> = {
  label: "Remove link",
  run: (design, { id }) => (id in design.links ? { links: { [id]: null } } : NOTHING),
};

export const changeLink: Command<{ id: string; kind?: string; protocol?: Json; port?: Json }> = {
  label: "Change link",
  run: (design, { id, kind, protocol, port }, catalogue) => {
    const link = design.links[id];
    if (!link) return NOTHING;
    const change: JsonObject = {};
    if (kind !== undefined && kind !== link.kind) {
      const source = catalogue.get(design.components[link.source]?.type ?? "");
      const target = catalogue.get(design.components[link.target]?.type ?? "");
      if (!source || !target || !allowedKinds(source, target).includes(kind)) throw new EditNotPossible(`These two can’t be linked by ${kind}.`);
      change.kind = kind;
      const fresh = defaultLink(source, target, kind)?.properties ?? {};
      change.properties = { protocol: fresh.protocol ?? null, port: fresh.port ?? null };
    }
    const properties: MergePatch = {};
    if (protocol !== undefined) properties.protocol = protocol;
    if (port !== undefined) properties.port = port;
    if (Object.keys(properties).length > 0) change.properties = properties;
    return Object.keys(change).length > 0 ? { links: { [id]: change } } : NOTHING;
  },
};
