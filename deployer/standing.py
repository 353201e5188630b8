"""What a cloud has and what stands there, region by region."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from deployer.accounts import Accounts
from deployer.domain.cloud import CloudError, CloudProfile, Item
from deployer.domain.kinds import KINDS, facts_of


def read_regions(accounts: Accounts) -> tuple[CloudProfile, list[Item]]:
    """Every region at the same time. What several of them show is an item of the first only.

    Raises: CloudError when one of them does not answer; its words then name the region.
    """
    names = list(accounts)
    with ThreadPoolExecutor(max_workers=max(1, min(4, len(names)))) as pool:
        profiles = pool.map(lambda name: _profile(accounts, name, alone=len(names) == 1), names)
        profile = CloudProfile.of_regions(dict(zip(names, profiles, strict=True)))
        inventories = pool.map(lambda name: _items(accounts, name, profile), names)
        return profile, [item for items in inventories for item in items]


def _profile(accounts: Accounts, region: str, *, alone: bool) -> CloudProfile:
    try:
        return accounts.at(region).read_profile()
    except CloudError as error:
        if alone:
            raise
        raise type(error)(f"{region}: {error.words}", retry_after=error.retry_after) from error


def _items(accounts: Accounts, region: str, profile: CloudProfile) -> list[Item]:
    kinds = [one for one in KINDS if profile.reach(region, facts_of(one).service) == region]
    return [replace(item, region=region) for item in accounts.at(region).inventory(kinds)]
