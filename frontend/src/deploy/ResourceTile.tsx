import { ComponentTile } from "@/catalog/ComponentTile";
import { useComponentTypes } from "@/catalog/useCatalogue";

import { useTypeOf } from "./planDocument";

type Look = { icon: string; category: string };

/** Helpers that a component brings along have a picture of their own; the rest look like their component. */
const HELPERS: Readonly<Record<string, Look>> = {
  port: { icon: "plug-connected", category: "container" },
  router_interface: { icon: "router", category: "edge" },
  security_group: { icon: "shield-half", category: "security" },
  security_group_rule: { icon: "wall", category: "security" },
  server_group: { icon: "layers-difference", category: "compute" },
  volume: { icon: "cylinder", category: "storage" },
  volume_attachment: { icon: "cylinder", category: "storage" },
  floating_ip: { icon: "map-pin", category: "edge" },
  key_pair: { icon: "key", category: "security" },
  secret: { icon: "certificate", category: "security" },
  password: { icon: "lock-access", category: "security" },
  router: { icon: "router", category: "edge" },
  heat_stack: { icon: "stack-2", category: "container" },
};

export function ResourceTile({ kind, component }: { kind: string; component: string }) {
  const typeKey = useTypeOf(component);
  const type = useComponentTypes().data?.get(typeKey ?? "");
  const look =
    HELPERS[kind] ?? (type ? { icon: type.icon, category: type.category } : { icon: "puzzle", category: "container" });
  return <ComponentTile icon={look.icon} category={look.category} size={24} />;
}
