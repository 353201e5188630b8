import { SegmentedControl, Select } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";

import type { Deployment, DriftReport, Stay } from "@/api/types";
import styles from "@/deploy/DeploymentAside.module.css";
import { countOf } from "@/ui/count";
import { Pill } from "@/ui/Pill";

import { DriftTab } from "./DriftTab";
import { noticed } from "./driftWords";
import { EndNotice } from "./EndNotice";
import { HoursTab } from "./HoursTab";
import { OperateTab } from "./OperateTab";
import own from "./RunningAside.module.css";
import { RunningButtons } from "./RunningButtons";

type Tab = "drift" | "operate" | "hours";
type Props = {
  designId: string;
  stay: Stay;
  clouds: { value: string; label: string }[];
  onCloud: (cloud: string) => void;
  standing: Pick<Deployment, "id" | "revision"> | undefined;
  report: DriftReport | undefined;
};

export function RunningAside({ designId, stay, clouds, onCloud, standing, report }: Props) {
  const [tab, setTab] = useState<Tab>("drift");
  const differing = report ? noticed(report).length : 0;
  return (
    <aside className={styles.aside} aria-label="What runs">
      <header className={styles.head}>
        <div className={styles.titleRow}>
          <h1 className={styles.title}>Running on {stay.cloud_name}</h1>
          <Standing stay={stay} differing={differing} />
        </div>
        <p className={styles.subtitle}>
          {standing && (
            <>
              <Link to={`/designs/${designId}/deploy/deployments/${standing.id}`}>Revision {standing.revision}</Link>
              {" · "}
            </>
          )}
          <Link to={`/designs/${designId}/deploy/history`}>History</Link>
        </p>
        {clouds.length > 1 && (
          <Select
            mt={8}
            size="xs"
            aria-label="Cloud"
            data={clouds}
            value={stay.cloud}
            onChange={(cloud) => cloud && onCloud(cloud)}
            allowDeselect={false}
          />
        )}
        <SegmentedControl
          fullWidth
          className={own.tabs}
          aria-label="Show"
          value={tab}
          onChange={(value) => setTab(value as Tab)}
          data={[
            { value: "drift", label: differing > 0 ? `Drift ${String(differing)}` : "Drift" },
            { value: "operate", label: "Servers" },
            { value: "hours", label: "Hours and end" },
          ]}
        />
      </header>
      <EndNotice stay={stay} onSee={() => setTab("hours")} />
      {tab === "drift" && <DriftTab designId={designId} stay={stay} report={report} />}
      {tab === "operate" && <OperateTab designId={designId} stay={stay} report={report} />}
      {tab === "hours" && <HoursTab designId={designId} stay={stay} />}
      <RunningButtons designId={designId} cloud={stay.cloud} />
    </aside>
  );
}

/** One pill for how it stands, by the newest look. */
function Standing({ stay: { drift }, differing }: { stay: Stay; differing: number }) {
  if (!drift) return <Pill icon={<IconHelpCircle aria-hidden="true" />}>Not checked yet</Pill>;
  if (drift.status === "failed") {
    return (
      <Pill tone="bad" icon={<IconCircleX aria-hidden="true" />}>
        Cloud away
      </Pill>
    );
  }
  if (differing > 0) {
    return (
      <Pill tone="warn" icon={<IconAlertTriangle aria-hidden="true" />}>
        {countOf(differing, "difference")}
      </Pill>
    );
  }
  return (
    <Pill tone="ok" icon={<IconCircleCheck aria-hidden="true" />}>
      As deployed
    </Pill>
  );
}
