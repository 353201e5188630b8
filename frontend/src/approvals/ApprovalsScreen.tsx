import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { getApprovalRule, listPlansToApprove } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { ApprovalRule, PlanShort } from "@/api/types";
import list from "@/app/List.module.css";
import { Screen } from "@/app/Screen";
import { changeCount } from "@/deploy/planGroups";
import { countOf } from "@/ui/count";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatChange, formatMoney } from "@/ui/money";
import { formatAgo, formatDate } from "@/ui/times";

import { ApprovalRuleForm } from "./ApprovalRuleForm";
import styles from "./ApprovalsScreen.module.css";

/** Plans of others that wait for this person's word, and the organisation's rule for them. */
export function ApprovalsScreen() {
  const rule = useQuery({ queryKey: keys.approval_rule, queryFn: getApprovalRule });
  const plans = useQuery({ queryKey: keys.plans_to_approve, queryFn: listPlansToApprove, staleTime: 0 });
  const failed = rule.error ?? plans.error;
  return (
    <Screen title="Approvals" count={plans.data?.length}>
      <div className={list.scroll}>
        {failed && (
          <div className={list.notice}>
            <ErrorNotice title={errorSentence(failed)} />
          </div>
        )}
        {rule.data && <Rule rule={rule.data} />}
        {plans.data?.length === 0 && (
          <EmptyState title="No plan waits for you">
            <p>
              {rule.data?.may_approve
                ? "A plan of somebody else that costs more than the limit appears here, with its price and its drawing."
                : "You don't approve plans. An administrator says who does."}
            </p>
          </EmptyState>
        )}
        {plans.data && plans.data.length > 0 && <Waiting plans={plans.data} />}
      </div>
    </Screen>
  );
}

function Waiting({ plans }: { plans: PlanShort[] }) {
  return (
    <table className={list.table} aria-label="Plans that wait for your approval">
      <thead>
        <tr>
          <th scope="col">Plan</th>
          <th scope="col">Cloud</th>
          <th scope="col">Asked</th>
          <th scope="col" className={list.number}>
            Change
          </th>
          <th scope="col" className={list.number}>
            After, a month
          </th>
        </tr>
      </thead>
      <tbody>
        {plans.map((plan) => (
          <tr key={plan.id} className={list.row}>
            <td>
              <Link to={`/approvals/${plan.id}`} className={list.name}>
                {plan.design_name}
              </Link>
              <div className={list.detail}>
                {plan.is_rollback && "Back to "}
                {plan.is_rollback ? "revision" : "Revision"} {plan.revision}, {countOf(changeCount(plan), "change")}
              </div>
            </td>
            <td>{plan.cloud_name}</td>
            <td>
              {plan.created_by}
              <div className={list.detail}>
                {formatAgo(plan.created_at)}, good until {formatDate(plan.expires_at)}
              </div>
            </td>
            <td className={list.number}>{formatChange(plan.cost.change, plan.currency)}</td>
            <td className={list.number}>
              <strong>{formatMoney(plan.cost.after, plan.currency)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rule({ rule }: { rule: ApprovalRule }) {
  const [editing, setEditing] = useState(false);
  if (editing) return <ApprovalRuleForm rule={rule} onDone={() => setEditing(false)} />;
  return (
    <section className={styles.rule} aria-label="Rule">
      <p>
        {rule.monthly_above === null ? (
          "No plan needs an approval."
        ) : (
          <>
            Above <strong>{formatMoney(rule.monthly_above, rule.currency)}</strong> a month somebody else approves:{" "}
            {rule.approvers.map(({ name }) => name).join(", ") || "nobody is named yet"}.
          </>
        )}
      </p>
      {rule.may_change && (
        <button type="button" className={styles.change} onClick={() => setEditing(true)}>
          Change the rule
        </button>
      )}
    </section>
  );
}
