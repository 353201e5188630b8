from django.urls import path

from designer.api import revisions, views

urlpatterns = [
    path("designs/", views.DesignList.as_view()),
    path("designs/<str:design_id>/", views.DesignDetail.as_view()),
    path("designs/<str:design_id>/document/", views.DocumentView.as_view()),
    path("designs/<str:design_id>/publish/", views.PublishView.as_view()),
    path("designs/<str:design_id>/template-update/", views.TemplateUpdateView.as_view()),
    path("designs/<str:design_id>/undo/", views.UndoView.as_view()),
    path("designs/<str:design_id>/redo/", views.RedoView.as_view()),
    path("designs/<str:design_id>/edits/", views.EditList.as_view()),
    path("designs/<str:design_id>/revisions/", revisions.RevisionList.as_view()),
    path("designs/<str:design_id>/resources/", views.ResourceList.as_view()),
    path("designs/<str:design_id>/findings/", views.FindingList.as_view()),
    path("designs/<str:design_id>/diagram.<str:file_format>", views.DiagramView.as_view()),
    path("templates/<str:key>/diagram.<str:file_format>", views.TemplateDiagramView.as_view()),
    path(
        "template-versions/<int:version_id>/diagram.<str:file_format>",
        views.TemplateVersionDiagramView.as_view(),
    ),
]
