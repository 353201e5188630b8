import { Button, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconFileDescription,
  IconFileExport,
  IconFileInvoice,
  IconMoon,
  IconPencil,
  IconPhoto,
  IconRocket,
  IconSun,
  IconTemplate,
  IconVector,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Link, NavLink, useLocation, useNavigate } from "react-router";

import { RenameDialog } from "@/designs/RenameDialog";
import { useFindings } from "@/findings/useFindings";
import { useDesignStore } from "@/stores/designStore";
import { IconButton } from "@/ui/IconButton";
import { Mark } from "@/ui/Mark";
import { Pill } from "@/ui/Pill";

import { SaveState } from "./SaveState";
import styles from "./TopBar.module.css";
import { useScheme } from "./useScheme";

const ExportDialog = lazy(async () => ({ default: (await import("@/designs/ExportDialog")).ExportDialog }));
const PublishDialog = lazy(async () => ({ default: (await import("@/designs/PublishDialog")).PublishDialog }));

/** The same bar on every screen of a design, so that nobody gets lost. */
export function TopBar({ designId }: { designId: string }) {
  const { scheme, switchScheme } = useScheme();
  const navigate = useNavigate();
  // Plan, deployment and proposal have a next step of their own; elsewhere deploying is it.
  const { pathname } = useLocation();
  const hasOwnStep = ["deploy", "proposal"].some((place) => pathname.includes(`/designs/${designId}/${place}`));
  return (
    <header className={styles.bar}>
      <div className={styles.left}>
        <Link to="/designs" className={styles.mark} aria-label="All designs">
          <Mark />
        </Link>
        <DesignName designId={designId} />
        <Version />
        <SaveState />
        <span className={styles.divider} />
        <UndoAndRedo />
      </div>
      <Tabs designId={designId} />
      <div className={styles.right}>
        <IconButton
          label={scheme === "dark" ? "Use light colours" : "Use dark colours"}
          size={28}
          onClick={switchScheme}
        >
          {scheme === "dark" ? <IconSun size={16} stroke={1.75} /> : <IconMoon size={16} stroke={1.75} />}
        </IconButton>
        <Button
          size="xs"
          variant={hasOwnStep ? "default" : "filled"}
          leftSection={<IconRocket size={16} stroke={1.75} />}
          onClick={() => void navigate(`/designs/${designId}/deploy`)}
        >
          Deploy
        </Button>
      </div>
    </header>
  );
}

function DesignName({ designId }: { designId: string }) {
  const name = useDesignStore((store) => store.name);
  const setName = useDesignStore((store) => store.setName);
  const [renaming, setRenaming] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <title>{`${name} · Stackdraft`}</title>
      <Menu position="bottom-start" width={200} withinPortal>
        <Menu.Target>
          <UnstyledButton className={styles.name} aria-label={`Design ${name}`}>
            <span className={styles.nameText}>{name}</span>
            <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconTemplate size={16} stroke={1.75} />} onClick={() => setPublishing(true)}>
            Publish as template
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} stroke={1.75} />} onClick={() => setExporting(true)}>
            Export
          </Menu.Item>
          <Menu.Item component={Link} to="/designs" leftSection={<IconVector size={16} stroke={1.75} />}>
            All designs
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog
        design={renaming ? { id: designId, name } : null}
        onClose={() => setRenaming(false)}
        onRenamed={setName}
      />
      {exporting && (
        <Suspense>
          <ExportDialog designId={designId} onClose={() => setExporting(false)} />
        </Suspense>
      )}
      {publishing && (
        <Suspense>
          <PublishDialog design={{ id: designId, name }} onClose={() => setPublishing(false)} />
        </Suspense>
      )}
    </>
  );
}

function Version() {
  const version = useDesignStore((store) => store.version);
  return (
    <Tooltip label={version === 0 ? "Nothing was edited yet" : `After edit ${version}`}>
      <span className={styles.version}>
        <Pill outlined>v{version}</Pill>
      </span>
    </Tooltip>
  );
}

function UndoAndRedo() {
  const canUndo = useDesignStore((store) => store.canUndo);
  const canRedo = useDesignStore((store) => store.canRedo);
  const undo = useDesignStore((store) => store.undo);
  const redo = useDesignStore((store) => store.redo);
  return (
    <>
      <IconButton label="Undo" shortcut="Ctrl Z" size={28} disabled={!canUndo} onClick={undo}>
        <IconArrowBackUp size={16} stroke={1.75} />
      </IconButton>
      <IconButton label="Redo" shortcut="Ctrl Shift Z" size={28} disabled={!canRedo} onClick={redo}>
        <IconArrowForwardUp size={16} stroke={1.75} />
      </IconButton>
    </>
  );
}

type Tab = { place: string; label: string; icon: Icon };

const TABS: readonly Tab[] = [
  { place: "draw", label: "Draw", icon: IconVector },
  { place: "estimate", label: "Estimate", icon: IconFileInvoice },
  { place: "findings", label: "Findings", icon: IconAlertTriangle },
  { place: "diagram", label: "Diagram", icon: IconPhoto },
  { place: "proposal", label: "Proposal", icon: IconFileDescription },
  { place: "deploy", label: "Deploy", icon: IconRocket },
];

function Tabs({ designId }: { designId: string }) {
  const findings = useFindings(designId);
  return (
    <nav className={styles.tabs} aria-label="Design">
      {TABS.map(({ place, label, icon: Picture }) => (
        <Tooltip key={place} label={label} classNames={{ tooltip: styles.narrowOnly ?? "" }}>
          <NavLink to={`/designs/${designId}/${place}`} className={styles.tab}>
            <Picture size={16} stroke={1.75} aria-hidden="true" className={styles.tabIcon} />
            <span className={styles.tabLabel}>{label}</span>
            {place === "findings" && findings.data && findings.data.length > 0 && (
              <span className={styles.tabCount}>{findings.data.length}</span>
            )}
          </NavLink>
        </Tooltip>
      ))}
    </nav>
  );
}
