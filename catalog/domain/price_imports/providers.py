"""Which mapping reads whose list: by the list's column `provider`."""

from collections.abc import Mapping

from catalog.domain.price_imports.mappings import BookPlan
from catalog.domain.price_imports.outscale import OUTSCALE
from catalog.domain.price_imports.rackspace import RACKSPACE

MAPPINGS: Mapping[str, tuple[BookPlan, ...]] = {
    "outscale": OUTSCALE,
    "rackspace-public-cloud": RACKSPACE,
}
