"""What the deployment commands share: a ready database, whose cloud it is, and following a deployment."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from catalog.domain.money import amount_text
from deployer import executor
from deployer.cloud import clouds_yaml
from deployer.errors import CloudNotFound
from deployer.models import Cloud, Deployment, Plan
from deployer.selectors import get_cloud_named
from deployer.services.clouds import add_cloud, check_cloud, renew_credential
from designer.management.documents import bad_input
from designer.models import Design

FAILED = 1  # the exit status
PAUSE_SECONDS = 0.5  # between looks at a deployment that another process carries forward


class CloudCommand(BaseCommand):
    """A command that Ctrl-C stops with one line: whatever it did is recorded, and it can be given again."""

    requires_migrations_checks = False  # they migrate themselves

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Give the same command again to go on.", returncode=FAILED) from None


def ready_database() -> None:
    """Migrate when that has not been done: on a fresh checkout these may be the first commands ever."""
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        if settings.EMBEDDED:
            settings.HOME.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)


def find_user(username: str | None = None) -> User:
    """The one that is named, else the first. Raises: CommandError with exit status 2."""
    if username is not None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise bad_input(f"There is no user called {username}.")
        return user
    if not User.objects.exists():
        call_command("first_user", stdout=StringIO())  # its password is for `make run` to show
    user = (
        User.objects.filter(is_superuser=True).order_by("id").first() or User.objects.order_by("id").first()
    )
    if user is None:
        raise bad_input("There is no user yet. Make one: manage.py first_user")
    return user


def find_design(user: User, name: str) -> Design:
    """By its name; a document's file or a template's form stands for the design that was named after it.

    Raises: CommandError with exit status 2.
    """
    designs = Design.objects.visible_to(user)
    for called in (name, Path(name).stem, name.replace(":", "-")):
        if design := designs.filter(name=called).first():
            return design
    raise bad_input(f"There is no design called {name}.")


def find_cloud(user: User, name: str, *, path: Path | None = None) -> Cloud:
    """A cloud that is known already, or one of a clouds.yaml, which is then added. It is asked at once.

    Raises: CommandError with exit status 2, saying what the cloud or the file answered.
    """
    try:
        entry = clouds_yaml.find_entry(name, path=path, beside=settings.BASE_DIR / "clouds.yaml")
    except clouds_yaml.EntryInvalid as invalid:
        raise bad_input(str(invalid)) from None
    try:
        known = get_cloud_named(user, name)
    except CloudNotFound:
        known = None
    try:
        if entry is not None:
            return (
                renew_credential(known, entry)
                if known
                else add_cloud(owner=user, name=name, credential=entry)
            )
    except ValueError as refused:  # ours all carry a sentence
        raise bad_input(str(refused)) from None
    if known is None:
        where = f"in {path}" if path else "in a clouds.yaml or among the clouds that were added"
        raise bad_input(f"There is no cloud called {name} {where}.")
    if check_cloud(known).status != Cloud.Status.READY:
        raise bad_input(known.detail)
    return known


def show_plan(plan: Plan, out: OutputWrapper) -> None:
    """The plan as a table, what is wrong with it, and the cost of a month before and after."""
    for choice in plan.region_choices:
        if choice.drawn:
            out.write(f"  Region {choice.drawn} goes to {choice.region}.")
    steps = [step for step in plan.steps.all() if step.action != "nothing"]
    width = max((len(step.key) for step in steps), default=0)
    for step in steps:
        cost = "" if not step.monthly_change else f"  {_signed(step.monthly_change, plan.currency)}"
        unknown = "  price unknown" if step.monthly_change is None else ""
        out.write(f"  {step.action:8}{step.key:{width}}  {step.reason}{cost}{unknown}")
        if step.note:
            out.write(f"  {'':8}{'':{width}}  {step.note}")
    unchanged = plan.steps.filter(action="nothing").count()
    if unchanged:
        out.write(f"  {unchanged} stay as they are.")
    for one in plan.externals:
        if one["by_hand"]:
            out.write(f"  by hand {one['key']:{width}}  {one['how']}")
    for quota in plan.quotas:
        if quota["left"] < 0 or quota["others"]:
            out.write(f"  quota   {_projected(quota)}")
    for check in plan.preflight:
        if check["status"] != "passed":
            where = f" in {check['region']}" if check.get("region") else ""
            out.write(f"  {check['status']}{where}: {check['summary']} {check['detail']}".rstrip())
    if plan.then:
        then = f"{plan.then['currency']} {amount_text(Decimal(plan.then['monthly']))}"
        out.write(f"Revision {plan.revision.number} cost {then} a month when it was deployed.")
    now, after = amount_text(plan.monthly_now), amount_text(plan.monthly_after)
    unknown = f", and {plan.unpriced} without a price" if plan.unpriced else ""
    out.write(f"Monthly cost: {plan.currency} {now} now, {plan.currency} {after} after{unknown}.")


def confirm(question: str) -> bool:
    """Ask on the terminal. Raises: CommandError with exit status 2 when nobody is there to answer."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        raise bad_input("Nobody is there to answer. Add --yes to go ahead without asking.") from None


def follow(deployment: Deployment, out: OutputWrapper, *, go_on: str) -> Deployment:
    """Carry a deployment forward until it is over, telling its story. A running worker may take turns too.

    `go_on` is the command that goes on after Ctrl-C, which stops between two turns.
    Raises: CommandError on Ctrl-C.
    """
    told = deployment.events.count()
    with _interruptible() as interrupted:
        while True:
            turn = executor.current_turn(deployment.id)
            following = executor.advance(deployment.id, turn) if turn is not None else None
            for event in deployment.events.all()[told:]:
                out.write(f"  {_MARKS[event.level]} {event.text}")
                told += 1
            deployment.refresh_from_db()
            if deployment.is_over:
                return deployment
            if interrupted():
                message = f"Stopped watching. What is under way goes on in the cloud. To go on: {go_on}"
                raise CommandError(message, returncode=FAILED)
            time.sleep(min(following.delay_seconds, PAUSE_SECONDS) if following else PAUSE_SECONDS)


def finish_running(design: Design, cloud: Cloud, out: OutputWrapper, *, go_on: str) -> Deployment | None:
    """Carry what is under way or queued to its end first: what it began is then known. Returns the last."""
    last = None
    mine = Deployment.objects.active().filter(design=design, cloud=cloud)
    while running := mine.order_by("created_at").first():
        out.write(f"Going on with the {running.plan.intent} that is under way.")
        last = follow(running, out, go_on=go_on)
    return last


def show_residue(deployment: Deployment, out: OutputWrapper) -> None:
    residue = deployment.residue or {"clean": False, "left": [], "detail": "The cloud has not been asked."}
    if residue["clean"]:
        out.write("Nothing of it is left in the cloud.")
        return
    if residue["detail"]:
        out.write(residue["detail"])
    for one in residue["left"]:
        where = f" in {one['region']}" if one.get("region") else ""
        out.write(f"  left: {one['kind']} {one['name']} ({one['cloud_id']}){where}")


def _projected(quota: dict[str, Any]) -> str:
    others = f", {quota['others']} for other deployments" if quota["others"] else ""
    return (
        f"{quota['title']}: {quota['plan']:+} for this plan{others}; "
        f"{quota['used']} of {quota['limit']} used, {quota['left']} left"
    )


_MARKS = {"info": "·", "warning": "!", "error": "×"}


def _signed(amount: object, currency: str) -> str:
    text = amount_text(amount)  # type: ignore[arg-type]
    return f"{'' if text.startswith('-') else '+'}{text} {currency} a month"


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-C is noticed between turns; a second one stops at once, and nothing is lost by it either."""
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
