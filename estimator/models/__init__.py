"""Whom estimates are made for, what was agreed with them, and what they are offered."""

from estimator.models.customers import CurrencyRate, Customer, DiscountRule, ImpactReport, is_currency
from estimator.models.proposals import OfferedRevision, Proposal, ProposalVersion, SellerProfile

__all__ = [
    "CurrencyRate",
    "Customer",
    "DiscountRule",
    "ImpactReport",
    "OfferedRevision",
    "Proposal",
    "ProposalVersion",
    "SellerProfile",
    "is_currency",
]
