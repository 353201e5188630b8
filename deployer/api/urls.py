from django.urls import path

from deployer.api import drift, exports, ratings, views
from deployer.api.secrets import SecretList, SecretReveal

urlpatterns = [
    path("deployments/<str:deployment_id>/secrets/", SecretList.as_view()),
    path("deployments/<str:deployment_id>/secrets/reveal/", SecretReveal.as_view()),
    path("clouds/", views.CloudList.as_view()),
    path("clouds/entries/", views.CloudEntries.as_view()),
    path("clouds/try/", views.CloudTry.as_view()),
    path("clouds/<str:cloud_id>/", views.CloudDetail.as_view()),
    path("clouds/<str:cloud_id>/check/", views.CloudCheck.as_view()),
    path("clouds/<str:cloud_id>/regions/", views.CloudRegions.as_view()),
    path("clouds/<str:cloud_id>/rating-import/", ratings.RatingImport.as_view()),
    path("export-formats/", exports.FormatList.as_view()),
    path("designs/<str:design_id>/export/<str:export_format>", exports.ExportDownload.as_view()),
    path("designs/<str:design_id>/export/<str:export_format>/files/", exports.ExportFiles.as_view()),
    path("drift-reports/", drift.DriftReportList.as_view()),
    path("drift-reports/<str:report_id>/", drift.DriftReportDetail.as_view()),
    path("drift-reports/<str:report_id>/ignore/", drift.DriftIgnoring.as_view()),
    path("drift-reports/<str:report_id>/notice/", drift.DriftNoticing.as_view()),
    path("drift-reports/<str:report_id>/redeploy/", drift.DriftRedeploying.as_view()),
    path("plans/", views.PlanList.as_view()),
    path("plans/<str:plan_id>/", views.PlanDetail.as_view()),
    path("plans/<str:plan_id>/apply/", views.PlanApply.as_view()),
    path("plans/<str:plan_id>/document/", views.PlanDocument.as_view()),
    path("plans/<str:plan_id>/approve/", views.PlanApprove.as_view()),
    path("plans/<str:plan_id>/decline/", views.PlanDecline.as_view()),
    path("approval-rule/", views.ApprovalRuleView.as_view()),
    path("deployments/", views.DeploymentList.as_view()),
    path("deployments/<str:deployment_id>/", views.DeploymentDetail.as_view()),
    path("deployments/<str:deployment_id>/cancel/", views.DeploymentCancel.as_view()),
    path("deployments/<str:deployment_id>/retry/", views.DeploymentRetry.as_view()),
    path("deployments/<str:deployment_id>/roll-back/", views.DeploymentRollBack.as_view()),
]
