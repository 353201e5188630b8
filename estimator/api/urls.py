from django.urls import path, re_path

from estimator.api import comparisons, customers, impact, links, proposals, sellers, shared, views

urlpatterns = [
    path("designs/<str:design_id>/estimate/", views.EstimateView.as_view()),
    path("designs/<str:design_id>/estimate.csv", views.EstimateCsvView.as_view()),
    path("designs/<str:design_id>/estimate.xlsx", views.EstimateWorkbookView.as_view()),
    path("designs/<str:design_id>/comparison/", comparisons.ComparisonView.as_view()),
    path("designs/<str:design_id>/differences/", comparisons.DifferencesView.as_view()),
    path("designs/<str:design_id>/suggestions/", comparisons.SuggestionsView.as_view()),
    path("designs/<str:design_id>/variants/", comparisons.VariantsView.as_view()),
    path("price-book-versions/<int:version_id>/impact/", impact.ImpactView.as_view()),
    path("customers/", customers.CustomerList.as_view()),
    path("customers/<str:customer_id>/", customers.CustomerDetail.as_view()),
    path("currency-rates/", customers.CurrencyRateList.as_view()),
    path("currency-rates/<str:rate_id>/", customers.CurrencyRateDetail.as_view()),
    path("proposals/", proposals.ProposalList.as_view()),
    path("proposals/<str:proposal_id>/", proposals.ProposalDetail.as_view()),
    path("proposals/<str:proposal_id>/preview/", proposals.PreviewView.as_view()),
    path("proposals/<str:proposal_id>/versions/", proposals.VersionList.as_view()),
    path("proposals/<str:proposal_id>/versions/<int:number>/", proposals.VersionDetail.as_view()),
    path("proposals/<str:proposal_id>/versions/<int:number>/files/", proposals.VersionFiles.as_view()),
    path("proposals/<str:proposal_id>/changes/", proposals.ChangesView.as_view()),
    path("proposals/<str:proposal_id>/proposal.pdf", proposals.ProposalPdfView.as_view()),
    path("proposals/<str:proposal_id>/proposal.xlsx", proposals.ProposalWorkbookView.as_view()),
    path("proposals/<str:proposal_id>/proposal.docx", proposals.ProposalDocumentView.as_view()),
    path("proposals/<str:proposal_id>/versions/<int:number>/links/", links.VersionLinks.as_view()),
    path("proposals/<str:proposal_id>/links/", links.LinkList.as_view()),
    path("proposals/<str:proposal_id>/links/<str:link_id>/", links.LinkDetail.as_view()),
    path("proposals/<str:proposal_id>/comments/", links.CommentList.as_view()),
    path("proposals/<str:proposal_id>/acceptance/", links.AcceptanceView.as_view()),
    path("shared/<str:token>/", shared.SharedProposalView.as_view()),
    re_path(
        r"^shared/(?P<token>[^/]+)/proposal\.(?P<ending>pdf|xlsx|docx)$", shared.SharedFileView.as_view()
    ),
    path("shared/<str:token>/unlock/", shared.SharedUnlockView.as_view()),
    path("shared/<str:token>/comments/", shared.SharedCommentsView.as_view()),
    path("shared/<str:token>/accept/", shared.SharedAcceptanceView.as_view()),
    path("seller-profile/", sellers.SellerProfileView.as_view()),
    path("seller-profile/logo/", sellers.SellerLogoView.as_view()),
    path("wordings/", sellers.WordingList.as_view()),
    path("wordings/<str:wording_id>/", sellers.WordingDetail.as_view()),
]
