import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { type EstimateOptions, listCustomers } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Estimate } from "@/api/types";

import { COMMITMENTS } from "./commitments";
import styles from "./EstimateToolbar.module.css";
import { ExportMenu } from "./ExportMenu";
import { type GroupBy, GROUPINGS } from "./groupRows";
import { type Period, PERIODS } from "./periods";
import type { OptionName } from "./useEstimateOptions";

export type OpenPanel = "assumptions" | "customers" | undefined;

type Props = {
  options: EstimateOptions;
  setOption: (name: OptionName, value: string) => void;
  estimate: Estimate | undefined;
  period: Period;
  setPeriod: (period: Period) => void;
  groupBy: GroupBy;
  setGroupBy: (by: GroupBy) => void;
  panel: OpenPanel;
  setPanel: (panel: OpenPanel) => void;
};

/** What is shown and what is asked. Nothing here changes the design. */
export function EstimateToolbar({ options, setOption, estimate, period, setPeriod, groupBy, setGroupBy, panel, setPanel }: Props) {
  const customers = useQuery({ queryKey: keys.customers, queryFn: listCustomers });
  return (
    <div className={styles.toolbar} role="group" aria-label="What the estimate shows">
      <SegmentedControl
        size="xs"
        aria-label="Amounts for"
        value={period}
        onChange={(value) => setPeriod(value as Period)}
        data={PERIODS.map(({ value, label }) => ({ value, label }))}
      />
      <SegmentedControl
        size="xs"
        aria-label="Use"
        value={options.profile ?? estimate?.profile ?? "expected"}
        onChange={(value) => setOption("profile", value)}
        data={[
          { value: "low", label: "Low" },
          { value: "expected", label: "Expected" },
          { value: "high", label: "High" },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label="Group by"
        value={groupBy}
        onChange={(event) => setGroupBy(event.currentTarget.value as GroupBy)}
        data={GROUPINGS.map(({ value, label }) => ({ value, label: `Group by ${label}` }))}
      />
      <NativeSelect
        size="xs"
        aria-label="Commitment"
        value={options.commitment ?? ""}
        onChange={(event) => setOption("commitment", event.currentTarget.value)}
        data={COMMITMENTS}
      />
      <NativeSelect
        size="xs"
        aria-label="Terms of"
        value={options.customer ?? ""}
        onChange={(event) => setOption("customer", event.currentTarget.value)}
        data={[{ value: "", label: "List prices" }, ...(customers.data ?? []).map(({ id, name }) => ({ value: id, label: `For ${name}` }))]}
      />
      <div className={styles.actions}>
        <Button
          size="xs"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} />}
          aria-expanded={panel === "assumptions"}
          onClick={() => setPanel(panel === "assumptions" ? undefined : "assumptions")}
        >
          Assumptions
        </Button>
        <Button
          size="xs"
          leftSection={<IconUsers size={16} stroke={1.75} />}
          aria-expanded={panel === "customers"}
          onClick={() => setPanel(panel === "customers" ? undefined : "customers")}
        >
          Terms
        </Button>
        <ExportMenu options={options} />
      </div>
    </div>
  );
}
