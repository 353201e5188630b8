import { Menu, Tabs } from "@mantine/core";
import { IconCopyPlus, IconDots, IconInfoCircle, IconListNumbers, IconTrash, IconVectorBezier2 } from "@tabler/icons-react";

import { Link } from "react-router";

import { ComponentTile } from "@/catalog/ComponentTile";
import { linksOf, nameOf, typeLabel } from "@/document/queries";
import { useFindings } from "@/findings/useFindings";
import { useDesignStore } from "@/stores/designStore";
import { type InspectorTab, useSessionStore } from "@/stores/sessionStore";
import { IconButton } from "@/ui/IconButton";

import { beginCallout } from "../callouts/CalloutList";
import { duplicateSelection, removeSelection } from "../clipboard";
import { startKeyboardLink } from "../linking/keyboardLinking";
import { FindingsTab } from "./FindingsTab";
import styles from "./Inspector.module.css";
import { LinksTab } from "./LinksTab";
import { PropertiesTab } from "./PropertiesTab";

export function ComponentInspector({ id }: { id: string }) {
  const component = useDesignStore((state) => state.document.components[id]);
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const tab = useSessionStore((state) => state.inspectorTab);
  const setTab = useSessionStore((state) => state.setInspectorTab);
  const designId = useDesignStore((state) => state.designId) ?? "";
  const findings = (useFindings(designId).data ?? []).filter((finding) => finding.components.includes(id));
  if (!component) return null;
  const type = catalogue.get(component.type);
  return (
    <>
      <header className={styles.head}>
        <ComponentTile icon={type?.icon ?? ""} category={type?.category ?? "external"} />
        <div className={styles.headWords}>
          <h2 className={styles.title}>{nameOf(component, catalogue)}</h2>
          <p className={styles.subtitle}>
            {typeLabel(component, catalogue)} <code className={styles.id}>{id}</code>
          </p>
        </div>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <IconButton label="More about this component" size={28}>
              <IconDots size={16} stroke={1.75} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconVectorBezier2 size={16} stroke={1.75} />} rightSection={<kbd>L</kbd>} onClick={() => startKeyboardLink(id)}>
              Start a link
            </Menu.Item>
            <Menu.Item leftSection={<IconCopyPlus size={16} stroke={1.75} />} rightSection={<kbd>Ctrl D</kbd>} onClick={duplicateSelection}>
              Duplicate
            </Menu.Item>
            <Menu.Item leftSection={<IconListNumbers size={16} stroke={1.75} />} onClick={() => beginCallout([id])}>
              Add callout
            </Menu.Item>
            {type && (
              <Menu.Item component={Link} to={`/component-types/${type.reference}`} leftSection={<IconInfoCircle size={16} stroke={1.75} />}>
                About this type
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.75} />} rightSection={<kbd>Del</kbd>} onClick={removeSelection}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <Tabs
        value={tab}
        onChange={(value) => setTab(value as InspectorTab)}
        variant="unstyled"
        keepMounted={false}
        classNames={{ root: styles.tabs ?? "", list: styles.tabList ?? "", tab: styles.tab ?? "", panel: styles.tabPanel ?? "" }}
      >
        <Tabs.List>
          <Tabs.Tab value="properties">Properties</Tabs.Tab>
          <Tabs.Tab value="links" rightSection={<span className={styles.tabCount}>{linksOf(document, id).length}</span>}>
            Links
          </Tabs.Tab>
          <Tabs.Tab value="findings" rightSection={<span className={styles.tabCount}>{findings.length}</span>}>
            Findings
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="properties">
          <PropertiesTab id={id} component={component} />
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <LinksTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <FindingsTab findings={findings} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
