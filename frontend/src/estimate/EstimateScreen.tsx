import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { AssumptionsPanel } from "./AssumptionsPanel";
import { CustomersPanel } from "./CustomersPanel";
import styles from "./EstimateScreen.module.css";
import { EstimateTable } from "./EstimateTable";
import { type OpenPanel, EstimateToolbar } from "./EstimateToolbar";
import { HowTheTotalIsMade } from "./HowTheTotalIsMade";
import { NewPrices } from "./NewPrices";
import { OverTime } from "./OverTime";
import type { Period } from "./periods";
import { Sources } from "./Sources";
import { Summary } from "./Summary";
import type { GroupBy } from "./groupRows";
import { useEstimate } from "./useEstimate";
import { useEstimateOptions } from "./useEstimateOptions";

/** The whole estimate: what it comes to, what it consists of, and where every figure stands. */
export function EstimateScreen() {
  const [options, setOption] = useEstimateOptions();
  const { estimate, error } = useEstimate(options);
  const [period, setPeriod] = useState<Period>("monthly");
  const [groupBy, setGroupBy] = useState<GroupBy>("component");
  const [panel, setPanel] = useState<OpenPanel>();
  const close = () => setPanel(undefined);
  return (
    <>
      <EstimateToolbar
        options={options}
        setOption={setOption}
        estimate={estimate}
        period={period}
        setPeriod={setPeriod}
        groupBy={groupBy}
        setGroupBy={setGroupBy}
        panel={panel}
        setPanel={setPanel}
      />
      <div className={styles.panes} data-open={panel !== undefined || undefined}>
        <div className={styles.figures}>
          {error && (
            <ErrorNotice title={errorSentence(error)}>
              {Object.keys(options).length > 0 && (
                <p className={styles.ways}>
                  <Button size="xs" onClick={() => setPanel("customers")}>
                    Open terms and rates
                  </Button>
                  <Link to={{ search: "" }}>Go back to what the design says itself</Link>
                </p>
              )}
            </ErrorNotice>
          )}
          {!estimate && !error && (
            <Loading label="The estimate is loading">
              <div className={styles.skeleton}>
                <Skeleton width={320} height={32} />
                <Skeleton width="100%" height={120} />
                <Skeleton width="100%" height={240} />
              </div>
            </Loading>
          )}
          {estimate && !error && (
            <>
              <NewPrices estimate={estimate} />
              <Summary estimate={estimate} period={period} />
              {estimate.line_items.length === 0 ? (
                <EmptyState title="Nothing to price yet">
                  <p>Draw a server, a volume or anything else that a provider charges for, and its cost shows here.</p>
                </EmptyState>
              ) : (
                <EstimateTable estimate={estimate} groupBy={groupBy} period={period} />
              )}
              <HowTheTotalIsMade estimate={estimate} />
              {estimate.line_items.length > 0 && <OverTime estimate={estimate} onAssume={() => setPanel("assumptions")} />}
              <Sources estimate={estimate} />
            </>
          )}
        </div>
        {panel === "assumptions" && <AssumptionsPanel onClose={close} />}
        {panel === "customers" && (
          <CustomersPanel chosen={options.customer} onChoose={(id) => setOption("customer", id)} onClose={close} />
        )}
      </div>
    </>
  );
}
