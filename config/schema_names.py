"""Choices that several answers share, so that the generated TypeScript gives each set one name."""

from catalog.domain.price_imports.uploads import READERS
from catalog.domain.price_rows import SOURCE_KINDS
from deployer.domain.operations import Verb
from deployer.domain.states import DeploymentStatus
from deployer.models import Plan
from deployer.models.drift import DriftReport
from designer.domain.findings import Severity
from estimator.api.proposal_serializers import SHOWN_VIEWS
from estimator.domain.differences import Change

CHANGE = [(change.value, change.value) for change in Change]
DEPLOYMENT_STATUS = [(status.value, status.value) for status in DeploymentStatus]
DRIFT_STATUS = [(status.value, status.value) for status in DriftReport.Status]
PLAN_STATUS = Plan.Status.values
PRICE_LIST_KIND = [(kind, kind) for kind in READERS]
VERB = [(verb.value, verb.value) for verb in Verb]
SEVERITY = [(severity.value, severity.value) for severity in Severity]
SHOWN_VIEW = [(view, view) for view in SHOWN_VIEWS]
SOURCE_KIND = [(kind, kind) for kind in SOURCE_KINDS]
