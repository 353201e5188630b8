"""Clouds, plans, deployments, and the record of what stands where."""

from deployer.models.approvals import APPROVE, ApprovalRule
from deployer.models.clouds import Cloud, CloudRegion
from deployer.models.deployments import Deployment, DeploymentEvent, StepRun, cascade_unless_running
from deployer.models.drift import DriftIgnore, DriftReport
from deployer.models.operations import Operation, Snapshot
from deployer.models.plans import Approval, Plan, Step
from deployer.models.resources import Resource
from deployer.models.stays import Stay

__all__ = [
    "APPROVE",
    "Approval",
    "ApprovalRule",
    "Cloud",
    "CloudRegion",
    "Deployment",
    "DeploymentEvent",
    "DriftIgnore",
    "DriftReport",
    "Operation",
    "Plan",
    "Resource",
    "Snapshot",
    "Stay",
    "Step",
    "StepRun",
    "cascade_unless_running",
]
