"""Which mapping reads whose list: by the list's column `provider`."""

from collections.abc import Mapping

from catalog.domain.price_imports.catalyst_cloud import CATALYST_CLOUD
from catalog.domain.price_imports.cleura import CLEURA
from catalog.domain.price_imports.exoscale import EXOSCALE
from catalog.domain.price_imports.fuga_cyso import FUGA_CYSO
from catalog.domain.price_imports.gridscale import GRIDSCALE
from catalog.domain.price_imports.hetzner import HETZNER
from catalog.domain.price_imports.infomaniak import INFOMANIAK
from catalog.domain.price_imports.ionos import IONOS
from catalog.domain.price_imports.leafcloud import LEAFCLOUD
from catalog.domain.price_imports.mappings import BookPlan
from catalog.domain.price_imports.nws import NWS
from catalog.domain.price_imports.outscale import OUTSCALE
from catalog.domain.price_imports.ovh import OVH
from catalog.domain.price_imports.plusserver import PLUSSERVER
from catalog.domain.price_imports.rackspace import RACKSPACE
from catalog.domain.price_imports.stackit import STACKIT
from catalog.domain.price_imports.thalassa import THALASSA
from catalog.domain.price_imports.upcloud import UPCLOUD

MAPPINGS: Mapping[str, tuple[BookPlan, ...]] = {
    "catalyst-cloud": CATALYST_CLOUD,
    "cleura": CLEURA,
    "exoscale": EXOSCALE,
    "fuga-cyso": FUGA_CYSO,
    "gridscale": GRIDSCALE,
    "hetzner": HETZNER,
    "infomaniak": INFOMANIAK,
    "ionos": IONOS,
    "leafcloud": LEAFCLOUD,
    "nws": NWS,
    "outscale": OUTSCALE,
    "plusserver": PLUSSERVER,
    "ovh": OVH,
    "rackspace-public-cloud": RACKSPACE,
    "stackit": STACKIT,
    "thalassa": THALASSA,
    "upcloud": UPCLOUD,
}
