"""What can go wrong with clouds, plans and deployments, named for what went wrong.

`status` and `code` are what the HTTP API answers with; str() is the sentence for people.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from catalog.domain.problems import shown


class CloudNotFound(LookupError):
    status, code = 404, "cloud_not_found"

    def __init__(self, name: str = "") -> None:
        super().__init__(f"There is no cloud called {name}." if name else "There is no such cloud.")


class PlanNotFound(LookupError):
    status, code = 404, "plan_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such plan.")


class DeploymentNotFound(LookupError):
    status, code = 404, "deployment_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such deployment.")


class FormatNotFound(LookupError):
    status, code = 404, "export_format_not_found"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no export called {shown(name)}. There are {', '.join(known)}.")


class CloudsYamlInvalid(ValueError):
    status, code = 400, "clouds_yaml_invalid"


class CloudHasNoRating(ValueError):
    status, code = 409, "cloud_has_no_rating"


class CloudUnreachable(ValueError):
    status, code = 400, "cloud_unreachable"

    def __init__(self, words: str) -> None:
        super().__init__(f"The cloud does not answer. {words}")


class CloudRefusedCredentials(ValueError):
    status, code = 400, "cloud_refused_credentials"

    def __init__(self, words: str) -> None:
        super().__init__(f"The cloud refuses this credential: {words}")


class CloudAddressRefused(ValueError):
    status, code = 400, "cloud_address_refused"


class CloudNameTaken(ValueError):
    status, code = 409, "cloud_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"You already have a cloud called {name}. Choose another name.")


class CloudRegionUnknown(ValueError):
    status, code = 400, "cloud_region_unknown"

    def __init__(self, region: str, offered: Sequence[str]) -> None:
        super().__init__(f"The cloud has no region called {region}, but {', '.join(offered)}.")


class CredentialOfAnotherAccount(ValueError):
    """A renewed credential with which nobody would find again what is deployed."""

    status, code = 409, "credential_of_another_account"

    def __init__(self, designs: Sequence[str], *, lost: str) -> None:
        super().__init__(
            f"{', '.join(designs)} is deployed there, and this credential does not lead to {lost}. "
            "Add it as another cloud, or destroy first."
        )


class CloudInUse(ValueError):
    status, code = 409, "cloud_in_use"

    def __init__(self, designs: Sequence[str]) -> None:
        super().__init__(f"Something is deployed there: {', '.join(designs)}. Destroy it first.")


class CloudNotReady(ValueError):
    """The cloud did not answer, or not as it should, while a plan was made."""

    status, code = 409, "cloud_not_ready"

    def __init__(self, words: str) -> None:
        super().__init__(f"The cloud cannot be planned for right now: {words}")


class RegionNotThere(ValueError):
    """A plan was asked for with a region that the design, or the cloud, does not have."""

    status, code = 400, "region_not_there"


class NothingDeployed(ValueError):
    status, code = 409, "nothing_deployed"

    def __init__(self, design: str, cloud: str) -> None:
        super().__init__(f"Nothing of {design} is deployed on {cloud}, so there is nothing to destroy.")


class PlanOutdated(ValueError):
    status, code = 409, "plan_outdated"

    def __init__(self) -> None:
        super().__init__("The design, the price book or the cloud has changed since. Make a new plan.")


class PlanExpired(ValueError):
    status, code = 409, "plan_expired"

    def __init__(self) -> None:
        super().__init__("The plan is older than half an hour. Make a new one.")


class PlanAlreadyApplied(ValueError):
    status, code = 409, "plan_already_applied"

    def __init__(self) -> None:
        super().__init__("The plan has been applied. A plan is applied once.")


class PreflightFailed(ValueError):
    status, code = 409, "preflight_failed"

    def __init__(self, reasons: list[dict[str, str]]) -> None:
        self.reasons = reasons
        super().__init__("The plan would fail: " + " ".join(reason["detail"] for reason in reasons))


class ConfirmationNeeded(ValueError):
    status, code = 409, "confirmation_needed"

    def __init__(self, reasons: list[dict[str, str]]) -> None:
        self.reasons = reasons
        names = ", ".join(reason["at"] for reason in reasons)
        super().__init__(
            "The plan does something that has to be confirmed: "
            + " ".join(reason["detail"] for reason in reasons)
            + f" Confirm it by its name: {names}."
        )


class ApprovalNeeded(ValueError):
    status, code = 409, "approval_needed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} Nobody has approved it yet.")


class PlanDeclined(ValueError):
    status, code = 409, "plan_declined"

    def __init__(self, by: str, note: str) -> None:
        why = f": {note}" if note else "."
        super().__init__(f"{by} declined this plan{why} Make another plan.")


class ApprovalRuleChanged(ValueError):
    status, code = 409, "approval_rule_changed"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The rule for approvals has changed since the plan was made. {reason} Make a new plan."
        )


class ApprovalNotNeeded(ValueError):
    status, code = 409, "approval_not_needed"

    def __init__(self) -> None:
        super().__init__("Nobody has to approve this plan; whoever made it can apply it.")


class PlanDecided(ValueError):
    status, code = 409, "plan_decided"

    def __init__(self, decided: str) -> None:
        super().__init__(f"The plan was {decided} already. Nobody decides twice.")


class ApproversOnly(PermissionError):
    status, code = 403, "approvers_only"

    def __init__(self) -> None:
        super().__init__("That is for those who may approve plans. An administrator says who they are.")


class MakerMayNotApprove(PermissionError):
    status, code = 403, "maker_may_not_approve"

    def __init__(self) -> None:
        super().__init__("You made this plan, so somebody else approves it.")


class StaffOnly(PermissionError):
    status, code = 403, "staff_only"

    def __init__(self) -> None:
        super().__init__("The rule for approvals is set by staff. Ask one of them.")


class ApproversUnknown(ValueError):
    status, code = 400, "approvers_unknown"

    def __init__(self, usernames: Sequence[str]) -> None:
        super().__init__(f"There is no user called {', '.join(usernames)}.")


class DeploymentRunning(ValueError):
    status, code = 409, "deployment_running"

    def __init__(self) -> None:
        super().__init__("Another deployment of this design is running there. Wait for it, or cancel it.")


class DeploymentOver(ValueError):
    status, code = 409, "deployment_over"

    def __init__(self, status: str) -> None:
        was = "was" if status == "cancelled" else "has"
        super().__init__(f"The deployment {was} {status}, so there is nothing to cancel.")


class SecretNotFound(LookupError):
    status, code = 404, "secret_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such password, or it has not been made yet.")


class SecretAlreadyShown(ValueError):
    """A password that somebody has seen. `shown_to` may have been deleted since."""

    status, code = 409, "secret_already_shown"

    def __init__(self, shown_to: str, at: datetime) -> None:
        super().__init__(
            f"It was shown to {shown_to} on {at:%d %B %Y at %H:%M} UTC, and a password is shown once. "
            "Who lost it sets a new one in the program itself."
        )


class NothingToRetry(ValueError):
    status, code = 409, "nothing_to_retry"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class NothingStands(ValueError):
    status, code = 409, "nothing_stands"

    def __init__(self, design: str, cloud: str) -> None:
        super().__init__(f"Nothing of {design} stands on {cloud}. Deploy it first.")


class DriftReportNotFound(LookupError):
    status, code = 404, "drift_report_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such drift report.")


class DriftChanged(ValueError):
    status, code = 409, "drift_changed"

    def __init__(self) -> None:
        super().__init__("What drifted is no longer as this report says. Check again.")


class IgnoreInvalid(ValueError):
    status, code = 400, "ignore_invalid"


class RepairImpossible(ValueError):
    status, code = 409, "repair_impossible"

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = [{"at": at, "detail": why} for at, why in reasons.items()]
        super().__init__(" ".join(f"{at}: {why}" for at, why in reasons.items()))


class NothingToRollBack(ValueError):
    status, code = 409, "nothing_to_roll_back"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class NothingToOperate(ValueError):
    status, code = 409, "nothing_to_operate"

    def __init__(self, verb: str) -> None:
        super().__init__(f"Nothing that stands there can be asked to {verb}.")


class OperationRunning(ValueError):
    status, code = 409, "operation_running"

    def __init__(self) -> None:
        super().__init__("Something else is being done to it. Wait until that is over.")


class StayNotFound(LookupError):
    status, code = 404, "stay_not_found"

    def __init__(self) -> None:
        super().__init__("Nothing of the design stands there.")


class SnapshotNotFound(LookupError):
    status, code = 404, "snapshot_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such snapshot.")


class ExpiryInvalid(ValueError):
    status, code = 400, "expiry_invalid"

    def __init__(self) -> None:
        super().__init__("A stay ends at a time to come.")


class ResizeImpossible(ValueError):
    status, code = 409, "resize_impossible"

    def __init__(self, why: str) -> None:
        super().__init__(f"It can't be resized: {why}")


class SnapshotsInTheWay(ValueError):
    """Volumes that stay for as long as something was made of them."""

    status, code = 409, "snapshots_in_the_way"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"A cloud removes no volume that has a snapshot: {', '.join(names)}. "
            "Let the snapshots go too, or remove them first."
        )


class AdoptionImpossible(ValueError):
    status, code = 409, "adoption_impossible"

    def __init__(self, label: str, why: str) -> None:
        super().__init__(f"{label}: {why}")
