import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/client";
import { setApprovalRule } from "@/api/deployer";
import type { ApprovalRule } from "@/api/types";
import { showScreen } from "@/test/screen";

import { ApprovalRuleForm } from "./ApprovalRuleForm";

vi.mock("@/api/deployer");

const RULE: ApprovalRule = {
  monthly_above: null,
  currency: "EUR",
  approvers: [],
  changed_by: null,
  changed_at: null,
  may_approve: false,
  may_change: true,
};

beforeEach(() => vi.clearAllMocks());

describe("the rule for approvals", () => {
  it("says at its field what is wrong with it, and keeps what was typed", async () => {
    vi.mocked(setApprovalRule).mockRejectedValue(
      new ApiError(400, "invalid", "monthly_above: A valid number is required.", [
        { at: "monthly_above", detail: "A valid number is required." },
      ]),
    );
    const { user } = showScreen(<ApprovalRuleForm rule={RULE} onDone={vi.fn()} />);

    await user.type(screen.getByLabelText("A month at most"), "abc");
    await user.click(screen.getByRole("button", { name: "Save the rule" }));

    expect(await screen.findByText("A valid number is required.")).toBeVisible();
    expect(screen.getByLabelText("A month at most")).toHaveValue("abc");
    expect(screen.getByLabelText("A month at most")).toBeInvalid();
  });
});
