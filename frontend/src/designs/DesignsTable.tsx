import { Button, Menu, Modal } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";

import type { DesignSummary } from "@/api/types";
import list from "@/app/List.module.css";
import { useScheme } from "@/app/useScheme";
import { useTemplates } from "@/catalog/useCatalogue";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { Money } from "@/ui/Money";
import { formatCoverage } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatAgo } from "@/ui/times";

import { deploymentState } from "./deploymentState";
import styles from "./DesignsTable.module.css";
import formStyles from "./NewDesignDialog.module.css";
import { RenameDialog } from "./RenameDialog";
import { useDeleteDesign } from "./useDeleteDesign";

export function DesignsTable({ designs }: { designs: DesignSummary[] }) {
  const [renaming, setRenaming] = useState<DesignSummary | null>(null);
  const [stillLive, setStillLive] = useState<DesignSummary | null>(null);
  const { remove, refusal } = useDeleteDesign();
  const askToDelete = (design: DesignSummary) =>
    deploymentState(design.deployment).isLive ? setStillLive(design) : remove(design);
  return (
    <div className={list.scroll}>
      {refusal && (
        <div className={list.notice}>
          <ErrorNotice title={refusal} />
        </div>
      )}
      <table className={list.table}>
        <Head />
        <tbody>
          {designs.map((design) => (
            <Row
              key={design.id}
              design={design}
              onRename={() => setRenaming(design)}
              onDelete={() => askToDelete(design)}
            />
          ))}
        </tbody>
      </table>
      <RenameDialog design={renaming} onClose={() => setRenaming(null)} />
      <Modal
        opened={stillLive !== null}
        onClose={() => setStillLive(null)}
        title="This design is still in a cloud"
        size={440}
      >
        {stillLive && (
          <div className={formStyles.form}>
            <p>
              {stillLive.name} has resources in {stillLive.deployment?.cloud}. Destroy them first, so that nothing is
              left running without its drawing.
            </p>
            <div className={formStyles.buttons}>
              <Button onClick={() => setStillLive(null)}>Keep it</Button>
              <Button component={Link} to={`/designs/${stillLive.id}/deploy`} variant="filled">
                Go to Deploy
              </Button>
            </div>
          </div>
        )}
      </Modal>
    </div>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col">Design</th>
        <th scope="col">Status</th>
        <th scope="col" className={list.number}>
          Monthly
        </th>
        <th scope="col" className={list.wide}>
          Live in
        </th>
        <th scope="col" className={list.wide}>
          Edited by
        </th>
        <th scope="col" className={list.wide}>
          Edited
        </th>
        <th scope="col">
          <span className={styles.hidden}>Actions</span>
        </th>
      </tr>
    </thead>
  );
}

function Row({ design, onRename, onDelete }: { design: DesignSummary; onRename: () => void; onDelete: () => void }) {
  const { scheme } = useScheme();
  const state = deploymentState(design.deployment);
  const template = useTemplates().data?.find(({ key }) => key === design.template);
  return (
    <tr className={`${list.row} ${styles.row}`}>
      <td>
        <div className={styles.design}>
          <span className={styles.thumbnail}>
            {design.component_count > 0 && (
              <img
                src={`/api/designs/${design.id}/diagram.svg?theme=${scheme}&version=${design.version}`}
                alt=""
                loading="lazy"
              />
            )}
          </span>
          <div className={styles.names}>
            <Link to={`/designs/${design.id}/draw`} className={`${list.name} ${styles.name}`}>
              {design.name}
            </Link>
            <span className={list.detail}>
              {template ? `${template.title}, ` : ""}
              {countOf(design.component_count, "component")}
            </span>
          </div>
        </div>
      </td>
      <td>
        <Pill tone={state.tone}>{state.label}</Pill>
      </td>
      <td className={list.number}>
        {design.monthly ? (
          <>
            <Money amount={design.monthly.amount} currency={design.monthly.currency} />
            <div className={styles.coverage}>{formatCoverage(design.monthly.coverage)}</div>
            <BudgetWarning budget={design.budget} />
          </>
        ) : (
          <span className={styles.quiet}>Nothing to price</span>
        )}
      </td>
      <td className={list.wide}>
        {state.isLive ? design.deployment?.cloud : <span className={styles.quiet}>Not deployed</span>}
      </td>
      <td className={list.wide}>{design.updated_by}</td>
      <td className={`${list.wide} ${styles.quiet}`}>
        <time dateTime={design.updated_at}>{formatAgo(design.updated_at)}</time>
      </td>
      <td className={styles.actions}>
        <Menu position="bottom-end" width={160} withinPortal>
          <Menu.Target>
            <IconButton label={`More for ${design.name}`} size={28}>
              <IconDots size={16} stroke={1.75} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={onRename}>
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.75} />} onClick={onDelete}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}

export function DesignsTableSkeleton() {
  return (
    <Loading label="Designs are loading">
      <table className={list.table}>
        <Head />
        <tbody>
          {["70%", "55%", "62%", "48%"].map((width) => (
            <tr key={width} className={`${list.row} ${styles.row}`}>
              <td>
                <div className={styles.design}>
                  <span className={styles.thumbnail} />
                  <Skeleton width={width} />
                </div>
              </td>
              <td>
                <Skeleton width={60} height={20} />
              </td>
              <td>
                <Skeleton width={80} />
              </td>
              <td className={list.wide}>
                <Skeleton width={90} />
              </td>
              <td className={list.wide}>
                <Skeleton width={60} />
              </td>
              <td className={list.wide}>
                <Skeleton width={50} />
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </Loading>
  );
}

/** A budget is worth a word where it is nearly used, or more than used. */
function BudgetWarning({ budget }: { budget: DesignSummary["budget"] }) {
  if (!budget || (budget.state !== "near" && budget.state !== "over")) return null;
  return (
    <div className={styles.budget} data-state={budget.state} title={budget.warning ?? undefined}>
      {budget.state === "over" ? "Above" : `${String(Math.floor(Number(budget.used_percent)))}% of`} the budget
    </div>
  );
}
