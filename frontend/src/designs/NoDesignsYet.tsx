import { Kbd, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type Icon, IconTemplate, IconVector } from "@tabler/icons-react";
import { useNavigate } from "react-router";

import { ComponentIcon } from "@/catalog/ComponentIcon";
import { useComponentTypes, useTemplates } from "@/catalog/useCatalogue";
import { countOf } from "@/ui/count";
import { EmptyState } from "@/ui/EmptyState";

import styles from "./NoDesignsYet.module.css";

export function NoDesignsYet({ onEmptyCanvas }: { onEmptyCanvas: () => void }) {
  const navigate = useNavigate();
  const templates = useTemplates().data?.length;
  const types = useComponentTypes().data?.size;
  const chooseTemplate = () => void navigate("/templates");
  useHotkeys([
    ["T", chooseTemplate],
    ["N", onEmptyCanvas],
  ]);
  return (
    <EmptyState
      picture={<ThreeTiers />}
      title="Draw your first architecture"
      actions={
        <>
          <Way
            icon={IconTemplate}
            title="From a template"
            detail={
              templates
                ? `${countOf(templates, "architecture")} with prices and advice`
                : "Architectures with prices and advice"
            }
            action="Choose a template"
            shortcut="T"
            onClick={chooseTemplate}
          />
          <Way
            icon={IconVector}
            title="Empty canvas"
            detail={types ? `${countOf(types, "component type")}, your own layout` : "Your own layout"}
            action="Start drawing"
            shortcut="N"
            onClick={onEmptyCanvas}
          />
        </>
      }
    >
      <p>
        Start from a reference architecture and change it, or begin with an empty canvas. The monthly cost follows each
        edit.
      </p>
    </EmptyState>
  );
}

type WayProps = { icon: Icon; title: string; detail: string; action: string; shortcut: string; onClick: () => void };

function Way({ icon: Picture, title, detail, action, shortcut, onClick }: WayProps) {
  return (
    <UnstyledButton className={styles.way} onClick={onClick} aria-label={action} aria-keyshortcuts={shortcut}>
      <span className={styles.head}>
        <span className={styles.tile}>
          <Picture size={20} stroke={1.6} aria-hidden="true" />
        </span>
        <span>
          <span className={styles.title}>{title}</span>
          <span className={styles.detail}>{detail}</span>
        </span>
      </span>
      <span className={styles.foot}>
        <span className={styles.action}>{action}</span>
        <Kbd className={styles.key}>{shortcut}</Kbd>
      </span>
    </UnstyledButton>
  );
}

function ThreeTiers() {
  const tiers = [
    { x: 52, icon: "load-balancer", category: "edge" },
    { x: 134, icon: "browser", category: "compute" },
    { x: 216, icon: "database", category: "data" },
  ];
  return (
    <svg width={324} height={148} viewBox="0 0 324 148" fill="none" className={styles.drawing}>
      <rect x={2} y={2} width={320} height={144} rx={12} className={styles.region} />
      <rect x={34} y={30} width={256} height={92} rx={10} className={styles.network} />
      <path d="M106 76h28M188 76h28" className={styles.link} />
      {tiers.map((tier) => (
        <g key={tier.x} style={{ color: `var(--sd-cat-${tier.category})` }}>
          <rect x={tier.x} y={54} width={54} height={44} rx={8} className={styles.card} />
          <ComponentIcon name={tier.icon} x={tier.x + 17} y={66} size={20} stroke={1.6} />
        </g>
      ))}
    </svg>
  );
}
