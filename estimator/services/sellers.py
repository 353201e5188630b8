"""Who sells, and the texts that he keeps to write proposals with."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from estimator.domain.proposals.starter import STARTER_BENEFITS, STARTER_SUMMARY, STARTER_TERMS
from estimator.errors import WordingNameTaken
from estimator.models import SellerProfile, Wording


def seller_profile(owner: User) -> SellerProfile:
    """One that is not stored, for somebody who never said who he is."""
    name = owner.get_full_name() or owner.get_username()
    return SellerProfile.objects.filter(owner=owner).first() or SellerProfile(owner=owner, name=name)


def change_seller_profile(owner: User, **facts: Any) -> SellerProfile:
    profile = seller_profile(owner)
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.save()
    return profile


def usual_wording(owner: User) -> Wording:
    """What new proposals begin with; an empty one where nothing was said."""
    return Wording.objects.filter(owner=owner, is_usual=True).first() or Wording(owner=owner)


def starter_wording() -> Wording:
    """Ours, for sellers without texts. Never stored: what somebody takes over of it is his."""
    return Wording(
        name="Starter texts",
        summary=STARTER_SUMMARY,
        benefits=[asdict(clause) for clause in STARTER_BENEFITS],
        terms=[asdict(clause) for clause in STARTER_TERMS],
    )


def create_wording(*, owner: User, name: str, **facts: Any) -> Wording:
    """Raises: WordingNameTaken."""
    return _saved(Wording(owner=owner, name=name, **facts))


def change_wording(wording: Wording, **facts: Any) -> Wording:
    """Proposals that were written with it keep their words. Raises: WordingNameTaken."""
    for name, value in facts.items():
        setattr(wording, name, value)
    return _saved(wording)


def delete_wording(wording: Wording) -> None:
    wording.delete()


def _saved(wording: Wording) -> Wording:
    """One is the usual one: it takes the place of the one before."""
    others = Wording.objects.filter(owner=wording.owner).exclude(id=wording.id)
    try:
        with transaction.atomic():
            if wording.is_usual:
                others.filter(is_usual=True).update(is_usual=False)
            wording.save()
    except IntegrityError as error:
        if others.filter(name=wording.name).exists():
            raise WordingNameTaken(wording.name) from error
        raise
    return wording
