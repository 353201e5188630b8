"""Scenarios deploy with what the deployer's tests deploy with."""

from tests.deployer.conftest import account, clock, cloud, deploy, keep, plan, run, start

__all__ = ["account", "clock", "cloud", "deploy", "keep", "plan", "run", "start"]
