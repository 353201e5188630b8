"""One short text that differs whenever anything differs that a plan was made from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from deployer.domain.cloud import Item, Live
from deployer.domain.drift import Difference
from deployer.domain.plan import Recorded


def fingerprint(
    *,
    intent: str,
    cloud_id: str,
    revision_hash: str,
    price_book: str,
    recorded: Mapping[str, Recorded],
    live: Mapping[str, Live],
    strays: list[Item],
    regions: Mapping[str, str] | None = None,
    drift: Iterable[Difference] = (),
    ignored: frozenset[str] = frozenset(),
) -> str:
    """SHA-256 in hexadecimal. `price_book` is key, version and the period of its prices.

    `regions` says where each drawn one goes.
    """
    facts: dict[str, Any] = {
        "intent": intent,
        "cloud": cloud_id,
        "revision": revision_hash,
        "price_book": price_book,
        "recorded": {
            key: [one.kind, one.cloud_id, one.properties, one.matched, one.region]
            for key, one in recorded.items()
        },
        "regions": dict(regions or {}),
        "live": {key: [one.cloud_id, one.status] for key, one in live.items()},
        "strays": sorted(item.cloud_id for item in strays),
        "drift": sorted(one.id for one in drift),
        "ignored": sorted(ignored),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()
