import type { NodeProps } from "@xyflow/react";
import { memo } from "react";

import { ComponentIcon } from "@/catalog/ComponentIcon";
import { ComponentTile } from "@/catalog/ComponentTile";
import type { Size } from "@/document/types";

import { STATE_WORDS } from "../facts";
import { useLevelOfDetail, useScreenFont } from "../levelOfDetail";
import type { CardNode } from "../toReactFlow";
import { CalloutBadges, categoryColours, FindingPill, PriceChip, ReachChip } from "./badges";
import styles from "./Card.module.css";
import { DeployRing } from "./DeployRing";
import { DriftBadge } from "./DriftBadge";
import { farName } from "./farName";
import { LinkEnds } from "./LinkEnds";
import { LinkHandles } from "./LinkHandles";
import { useIsCalled } from "./useIsCalled";
import { useLinkRole } from "./useLinkRole";

export const Card = memo(function Card({ id, data, selected, width = 176, height = 56 }: NodeProps<CardNode>) {
  const detail = useLevelOfDetail();
  const role = useLinkRole(id);
  const isCalled = useIsCalled(data.callouts);
  const frame = {
    className: styles.card,
    "data-compact": data.isCompact || undefined,
    "data-selected": selected || undefined,
    "data-link-role": role,
    "data-called": isCalled || undefined,
    "data-stack": data.count > 1 ? Math.min(data.count, 3) : undefined,
    "data-none": data.count === 0 || undefined,
    style: categoryColours(data.category),
  };
  if (detail === "block") {
    return (
      <div {...frame} data-stack={undefined} data-detail="block">
        <LinkEnds />
      </div>
    );
  }
  if (detail === "compact") return <SmallCard id={id} frame={frame} data={data} size={{ width, height }} />;
  return (
    <div {...frame}>
      {data.count > 1 && <span className={styles.front} />}
      <span className={styles.tile}>
        <ComponentTile icon={data.icon} category={data.category} size={data.isCompact ? 28 : 36} />
        {data.state && <DeployRing state={data.state} isDrifted={data.drift !== undefined} isCompact={data.isCompact} />}
      </span>
      <span className={styles.words}>
        <span className={styles.name} title={data.name}>
          {data.name}
        </span>
        <span className={styles.size}>{data.state ? data.state.detail || STATE_WORDS[data.state.status] : data.sizeLine}</span>
      </span>
      {data.count !== 1 && <span className={styles.count}>×{data.count}</span>}
      <span className={styles.feet}>
        {data.price && <PriceChip price={data.price} />}
        {data.drift && <DriftBadge drift={data.drift} />}
        {data.reach && <ReachChip id={id} reach={data.reach} isShown={selected} />}
      </span>
      <CalloutBadges callouts={data.callouts} />
      {data.findings && <FindingPill findings={data.findings} />}
      <LinkEnds />
      <LinkHandles id={id} />
    </div>
  );
});

type SmallProps = { id: string; frame: object; data: CardNode["data"]; size: Size };

/** Below 60 %: the icon, the name as large as the card holds it, and how many. */
function SmallCard({ id, frame, data, size }: SmallProps) {
  const name = data.count === 1 ? data.name : `${data.name} ×${String(data.count)}`;
  const { font, lines } = farName(name, size, useScreenFont(1));
  return (
    <div {...frame} data-detail="compact">
      {data.count > 1 && <span className={styles.front} />}
      <span className={styles.bareIcon}>
        <ComponentIcon name={data.icon} size={28} stroke={1.6} />
      </span>
      <span className={styles.bigName} data-lines={lines} style={{ fontSize: font }}>
        {name}
      </span>
      {data.drift && (
        <span className={styles.feet}>
          <DriftBadge drift={data.drift} />
        </span>
      )}
      <LinkEnds />
      <LinkHandles id={id} />
    </div>
  );
}
