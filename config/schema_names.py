"""Choices that several answers share, so that the generated TypeScript gives each set one name."""

from deployer.domain.states import DeploymentStatus
from designer.domain.findings import Severity
from estimator.domain.differences import Change

CHANGE = [(change.value, change.value) for change in Change]
DEPLOYMENT_STATUS = [(status.value, status.value) for status in DeploymentStatus]
SEVERITY = [(severity.value, severity.value) for severity in Severity]
