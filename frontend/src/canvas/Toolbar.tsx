import { IconHandStop, IconMaximize, IconMinus, IconPlus, IconPointer, IconSitemap } from "@tabler/icons-react";
import { useReactFlow, useStore } from "@xyflow/react";
import { memo, type ReactNode } from "react";

import { tidyUp } from "@/document/commands";
import { useDesignStore } from "@/stores/designStore";
import { type Tool, useSessionStore } from "@/stores/sessionStore";
import { IconButton } from "@/ui/IconButton";

import styles from "./Toolbar.module.css";
import { useMotion } from "./useMotion";
import { FIT } from "./view";

/** Floats below the drawing: how the pointer works, order, and how near to look. */
export const Toolbar = memo(function Toolbar({ canEdit = true }: { canEdit?: boolean }) {
  const { zoomIn, zoomOut, zoomTo, fitView } = useReactFlow();
  const percent = useStore(({ transform: [, , zoom] }) => Math.round(zoom * 100));
  const duration = useMotion();
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Canvas tools">
      {canEdit && (
        <>
          <ToolButton tool="select" label="Select" shortcut="V">
            <IconPointer size={16} stroke={1.75} />
          </ToolButton>
          <ToolButton tool="pan" label="Pan" shortcut="H">
            <IconHandStop size={16} stroke={1.75} />
          </ToolButton>
          <span className={styles.divider} />
          <IconButton label="Tidy up" size={28} onClick={() => tidy(() => void fitView({ ...FIT, duration }))}>
            <IconSitemap size={16} stroke={1.75} />
          </IconButton>
          <span className={styles.divider} />
        </>
      )}
      <IconButton label="Zoom out" shortcut="-" size={28} onClick={() => void zoomOut({ duration })}>
        <IconMinus size={16} stroke={1.75} />
      </IconButton>
      <button type="button" className={styles.percent} onClick={() => void zoomTo(1, { duration })} aria-label={`Zoom ${String(percent)}%, back to 100%`}>
        {percent}%
      </button>
      <IconButton label="Zoom in" shortcut="+" size={28} onClick={() => void zoomIn({ duration })}>
        <IconPlus size={16} stroke={1.75} />
      </IconButton>
      <IconButton label="Fit to view" shortcut="1" size={28} onClick={() => void fitView({ ...FIT, duration })}>
        <IconMaximize size={16} stroke={1.75} />
      </IconButton>
    </div>
  );
});

function ToolButton({ tool, label, shortcut, children }: { tool: Tool; label: string; shortcut: string; children: ReactNode }) {
  const isOn = useSessionStore((state) => state.tool === tool);
  const setTool = useSessionStore((state) => state.setTool);
  return (
    <IconButton label={label} shortcut={shortcut} size={28} aria-pressed={isOn} className={isOn ? (styles.on ?? "") : ""} onClick={() => setTool(tool)}>
      {children}
    </IconButton>
  );
}

/** One selected container is tidied alone; otherwise the whole drawing. */
function tidy(afterwards: () => void): void {
  const { document, catalogue, perform } = useDesignStore.getState();
  const { selection } = useSessionStore.getState();
  const [only] = selection.length === 1 ? selection : [];
  const within = only !== undefined && catalogue.get(document.components[only]?.type ?? "")?.container ? only : undefined;
  perform(tidyUp, { within });
  requestAnimationFrame(() => requestAnimationFrame(afterwards));
}
