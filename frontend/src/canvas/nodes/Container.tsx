import { NodeResizeControl, type NodeProps, ResizeControlVariant } from "@xyflow/react";
import { memo } from "react";

import { ComponentIcon } from "@/catalog/ComponentIcon";
import { useSessionStore } from "@/stores/sessionStore";

import { STATE_WORDS } from "../facts";
import { useLevelOfDetail, useScreenFont } from "../levelOfDetail";
import { useStartLink } from "../linking/useStartLink";
import type { ContainerNode } from "../toReactFlow";
import { CalloutBadges, categoryColours, FindingPill } from "./badges";
import styles from "./Container.module.css";
import { DriftBadge } from "./DriftBadge";
import { LinkEnds } from "./LinkEnds";
import { useIsCalled } from "./useIsCalled";
import { useLinkRole } from "./useLinkRole";

export const Container = memo(function Container({ id, data, selected, width, height }: NodeProps<ContainerNode>) {
  const detail = useLevelOfDetail();
  const role = useLinkRole(id);
  const isCalled = useIsCalled(data.callouts);
  const isOffered = useSessionStore(({ dragging }) => dragging?.isOffered === true && dragging.container === id);
  const isEditable = useStartLink() !== undefined;
  return (
    <div
      className={styles.container}
      data-kind={data.kind}
      data-family={data.family}
      data-selected={selected || undefined}
      data-offered={isOffered || undefined}
      data-link-role={role}
      data-called={isCalled || undefined}
      data-found={data.findings !== undefined || undefined}
      style={categoryColours(data.category)}
    >
      {detail === "full" ? (
        <div className={`${styles.header ?? ""} container-header`}>
          <ComponentIcon name={data.icon} size={16} stroke={1.75} aria-hidden="true" />
          <span className={styles.name} title={data.name}>
            {isOffered ? "Drop here" : data.name}
          </span>
          {data.range && !isOffered && <span className={styles.range}>{data.range}</span>}
          {data.state && (
            <span className={styles.state} data-status={data.state.status}>
              {data.state.detail || STATE_WORDS[data.state.status]}
            </span>
          )}
          {data.drift && <DriftBadge drift={data.drift} />}
          {data.price && <span className={styles.price}>{data.price.text}</span>}
        </div>
      ) : (
        detail === "compact" && <FarHeader name={isOffered ? "Drop here" : data.name} />
      )}
      {detail === "full" && <CalloutBadges callouts={data.callouts} />}
      {data.findings && detail === "full" && <FindingPill findings={data.findings} />}
      <LinkEnds />
      {selected && isEditable && width !== undefined && height !== undefined && (
        <>
          <NodeResizeControl variant={ResizeControlVariant.Line} position="right" className={styles.edge ?? ""} />
          <NodeResizeControl variant={ResizeControlVariant.Line} position="bottom" className={styles.edge ?? ""} />
          <NodeResizeControl position="bottom-right" className={styles.corner ?? ""} />
        </>
      )}
    </div>
  );
});

function FarHeader({ name }: { name: string }) {
  // Never larger than the room above the contents.
  const font = Math.min(useScreenFont(12), 20);
  return (
    <div className={`${styles.header ?? ""} container-header`} style={{ fontSize: font, lineHeight: 1.2, height: font * 1.6 }}>
      <span className={styles.name}>{name}</span>
    </div>
  );
}
