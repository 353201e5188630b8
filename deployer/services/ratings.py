"""A cloud's own rating rules become a price book: a design is estimated as that cloud charges."""

import json
from dataclasses import replace

from django.contrib.auth.models import User

from catalog.domain.price_imports.conversion import ImportSettings
from catalog.domain.price_imports.uploads import CLOUDKITTY
from catalog.services.price_books import ImportReport, import_prices
from deployer import accounts
from deployer.domain.cloud import AddressRefused, CloudError, CredentialsRefused, NotFound, Refused
from deployer.errors import (
    CloudAddressRefused,
    CloudHasNoRating,
    CloudRefusedCredentials,
    CloudUnreachable,
)
from deployer.models import Cloud

HOUR_SECONDS = 3600


def import_ratings(
    cloud: Cloud,
    *,
    by: User | None,
    dry_run: bool,
    settings: ImportSettings,
    period_seconds: int = HOUR_SECONDS,
) -> ImportReport:
    """Read the rules and report what they would change, or keep them as a draft.

    `period_seconds` is CloudKitty's collect period, which its API doesn't tell.
    Raises: CloudHasNoRating, CloudAddressRefused, CloudRefusedCredentials, CloudUnreachable.
    """
    try:
        rules = accounts.open_account(cloud).read_rating()
    except AddressRefused as error:
        raise CloudAddressRefused(error.words) from None
    except CredentialsRefused as error:
        raise CloudRefusedCredentials(error.words) from None
    except (NotFound, Refused) as error:
        raise CloudHasNoRating(error.words) from None
    except CloudError as error:
        raise CloudUnreachable(error.words) from None
    told = {**rules, "cloud": cloud.name, "region": cloud.region, "period_seconds": period_seconds}
    return import_prices(
        json.dumps(told).encode(),
        file=f"rating rules of {cloud.name}",
        kind=CLOUDKITTY,
        by=by,
        dry_run=dry_run,
        settings=replace(settings, source_url=settings.source_url or str(rules["url"])),
    )
