"""Whom estimates are made for, what was agreed with them, and what they are offered."""

from estimator.models.customers import CurrencyRate, Customer, DiscountRule, ImpactReport, is_currency
from estimator.models.proposals import OfferedRevision, Proposal, ProposalFile, ProposalVersion
from estimator.models.sellers import SellerProfile, Wording
from estimator.models.sharing import Acceptance, ProposalComment, ShareLink, ShareView

__all__ = [
    "Acceptance",
    "CurrencyRate",
    "Customer",
    "DiscountRule",
    "ImpactReport",
    "OfferedRevision",
    "Proposal",
    "ProposalComment",
    "ProposalFile",
    "ProposalVersion",
    "SellerProfile",
    "ShareLink",
    "ShareView",
    "Wording",
    "is_currency",
]
