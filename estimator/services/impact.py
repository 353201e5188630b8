"""Change impact: which designs cost something else once a version of a price book counts.

Designs that name a version stay with it; those that follow the book are looked at, in turns of a few, so that
no worker is held for long. A turn that is delivered twice, or lost, harms nothing: each claims its place, and
whoever asks again after a while of silence queues the next one.
"""

import logging
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from catalog import selectors
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook
from catalog.errors import PriceBookNotFound
from catalog.models import PriceBookVersion
from designer.domain.document import DocumentInvalid
from designer.models import Design
from designer.selectors import design_document
from estimator.domain.price_impact import price_impact
from estimator.models import ImpactReport

logger = logging.getLogger(__name__)

AT_ONCE = 20  # so few are looked at while somebody waits
TURN = 50  # designs that one task looks at
QUIET = timedelta(seconds=60)
NEWS = timedelta(days=30)  # so long an owner is told what a new version did
NOT_KEPT: Any = object()
NOTHING_KNOWN = dict.fromkeys(("before", "after", "change", "coverage_before", "coverage_after"))


def find_impact(version: PriceBookVersion) -> ImpactReport | None:
    """The newest report on the contents that the version has now."""
    reports = ImpactReport.objects.filter(version=version, sha256=version.sha256)
    return reports.order_by("-id").first()


def start_impact(version: PriceBookVersion, *, by: User | None) -> ImpactReport:
    """Look at the designs that follow the book; a few at once, many in the background."""
    report = ImpactReport.objects.create(
        version=version,
        sha256=version.sha256,
        before_version=_version_before(version),
        total=_designs(version).count(),
        asked_by=by,
    )
    return go_on(report, while_waiting=True)


def go_on(report: ImpactReport, *, while_waiting: bool = False) -> ImpactReport:
    """Take the next turn here when little is left, or queue it; what is under way is left alone."""
    from estimator.tasks import queue_impact_turn  # the task's door calls this module

    if report.is_done:
        return report
    if while_waiting and report.total <= AT_ONCE:
        while not report.is_done:
            take_turn(report)
    elif while_waiting or timezone.now() - report.changed_at > QUIET:
        queue_impact_turn(report.pk)
    report.refresh_from_db()
    return report


def new_prices(design: Design) -> dict[str, Any] | None:
    """What the newest version of its book, published not long ago, did to this design; None where nothing.

    Worked out for the design as it is now, so the owner sees it whether or not anybody asked for the list.
    """
    newest = PriceBookVersion.objects.filter(
        key=design.price_book,  # a design that names a version stays with it
        state=PriceBookVersion.State.PUBLISHED,
        published_at__gte=timezone.now() - NEWS,
    ).first()
    before = None if newest is None else _version_before(newest)
    if newest is None or before is None:
        return None
    known = (design.id, design.version, newest.sha256, timezone.localdate().isoformat())
    key = f"new-prices:{':'.join(map(str, known))}"
    found: dict[str, Any] | None = cache.get(key, default=NOT_KEPT)
    if found is NOT_KEPT:
        row = _row(design, _before(newest.key, before), _after(newest))
        found = row and {
            "book_version": newest.version,
            "published_at": newest.published_at,
            **{name: value for name, value in row.items() if name not in ("design", "name", "owner")},
        }
        cache.set(key, found)
    return found


def take_turn(report: ImpactReport) -> bool:
    """Look at the next few designs. True while some are left."""
    version = report.version
    after = _after(version)
    before = _before(version.key, report.before_version)
    designs = list(_designs(version).filter(Q(id__gt=report.reached) if report.reached else Q())[:TURN])
    rows = [row for design in designs if (row := _row(design, before, after)) is not None]
    is_last = len(designs) < TURN
    claimed = ImpactReport.objects.filter(pk=report.pk, reached=report.reached, is_done=False).update(
        reached=designs[-1].id if designs else report.reached,
        looked_at=report.looked_at + len(designs),
        rows=[*report.rows, *rows],
        is_done=is_last,
        changed_at=timezone.now(),
    )
    report.refresh_from_db()
    return bool(claimed) and not report.is_done


def _designs(version: PriceBookVersion) -> Any:
    return Design.objects.without_base().filter(price_book=version.key).select_related("owner").order_by("id")


def _row(design: Design, before: PriceBook | None, after: PriceBook) -> dict[str, Any] | None:
    """None where nothing changes."""
    row = {
        "design": str(design.id),
        "name": design.name,
        "owner": design.owner.get_username(),
        "currency": after.currency,
        "reason": "",
    }
    if before is None:
        return {**row, **NOTHING_KNOWN, "reason": "There was no book of this key."}
    if before.currency != after.currency:
        reason = f"The book changes from {before.currency} to {after.currency}."
        return {**row, **NOTHING_KNOWN, "reason": reason}
    try:
        document = design_document(design.document)
    except DocumentInvalid as invalid:
        logger.warning("design not priced", extra={"design_id": str(design.id), "reason": str(invalid)[:500]})
        return {**row, **NOTHING_KNOWN, "reason": "The design can't be read any more."}
    impact = price_impact(document, selectors.component_types(), before, after)
    return None if impact.is_nothing else {**row, **impact.to_json()}


def _after(version: PriceBookVersion) -> PriceBook:
    return read_price_book(version.text, file=str(version)).on(timezone.localdate().isoformat())


def _before(key: str, version: int | None) -> PriceBook | None:
    if version is None:
        return None
    return selectors.get_price_book(key, version).on(timezone.localdate().isoformat())


def _version_before(version: PriceBookVersion) -> int | None:
    """What designs cost until now: of a draft the version that is offered, else what it superseded."""
    try:
        if version.is_draft:
            return selectors.get_price_book(version.key).version
        before = read_price_book(version.text, file=str(version)).supersedes
        return None if before is None else selectors.get_price_book(version.key, before).version
    except PriceBookNotFound:
        return None
