"""A fake cloud, a clock that is told the time, and a way to carry deployments forward."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deployer import accounts, executor
from deployer.models import Cloud, Deployment, Plan
from deployer.services.clouds import add_cloud
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.models import Design
from designer.services.designs import create_design
from tests.designer.designs import Design as Drawing
from tests.fakes.cloud import FakeCloud, a_profile

CREDENTIAL = {
    "auth_type": "password",
    "region_name": "RegionOne",
    "auth": {"auth_url": "https://cloud.example.org/v3", "username": "demo", "password": "s3cret-pass"},
}


class Clock:
    """The time as the executor sees it; it moves when told to."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    """Every account opens onto this one. No managed databases, as on most clouds."""
    fake = FakeCloud(a_profile().without("database"))
    monkeypatch.setattr(accounts, "open_account", lambda row, region="": fake)
    return fake


@pytest.fixture
def account(cloud: FakeCloud, mara: User) -> Cloud:
    return add_cloud(owner=mara, name="lab", credential=CREDENTIAL)


class Keep(Protocol):
    def __call__(self, drawing: Drawing, name: str = "shop") -> Design: ...


@pytest.fixture
def keep(mara: User) -> Keep:
    """Store a drawing as Mara's design, or bring the stored one of that name to it."""

    def keep(drawing: Drawing, name: str = "shop") -> Design:
        design = Design.objects.filter(owner=mara, name=name).first()
        if design is None:
            return create_design(name=name, owner=mara, document=drawing.data)
        Design.objects.filter(id=design.id).update(document=drawing.data)
        design.refresh_from_db()
        return design

    return keep


@pytest.fixture
def plan(keep: Keep, account: Cloud, mara: User) -> Any:
    def plan(drawing: Drawing, intent: str = "deploy") -> Plan:
        return create_plan(design=keep(drawing), cloud=account, intent=intent, created_by=mara)

    return plan


@pytest.fixture
def run(clock: Clock) -> Any:
    """Carry a deployment forward until it is over, or for so many turns."""

    def run(deployment: Deployment, turns: int = 500) -> Deployment:
        for _ in range(turns):
            deployment.refresh_from_db()
            if deployment.is_over:
                break
            following = executor.advance(deployment.id, deployment.turn, clock=clock)
            clock.forward(following.delay_seconds if following else 1)
        deployment.refresh_from_db()
        return deployment

    return run


@pytest.fixture
def start(plan: Any, mara: User) -> Any:
    def start(drawing: Drawing, intent: str = "deploy", **options: Any) -> Deployment:
        return apply_plan(plan(drawing, intent), applied_by=mara, **options)

    return start


@pytest.fixture
def deploy(start: Any, run: Any) -> Iterator[Any]:
    """Plan, apply and carry out."""

    def deploy(drawing: Drawing, intent: str = "deploy", **options: Any) -> Deployment:
        return run(start(drawing, intent, **options))

    yield deploy
