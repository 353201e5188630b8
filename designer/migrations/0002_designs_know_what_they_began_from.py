"""Designs remember their template's version, form and parameters, and the document that these made."""

from django.db import migrations, models

from catalog.domain.merge_patches import merge_patch


def recall_what_designs_began_from(apps, schema_editor) -> None:
    """Templates had one version and one form so far; the first document is the newest with all edits undone."""
    for design in apps.get_model("designer", "Design").objects.exclude(template="").iterator():
        base = design.document
        for undo_patch in design.edits.order_by("-number").values_list("undo_patch", flat=True).iterator():
            base = merge_patch(base, undo_patch)
        design.base_document = base
        design.template_version = 1
        design.template_form = "published"
        design.save(update_fields=["base_document", "template_version", "template_form"])


class Migration(migrations.Migration):
    dependencies = [
        ("designer", "0001_designs_edits_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="design",
            name="base_document",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="design",
            name="template_form",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="design",
            name="template_parameters",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="design",
            name="template_version",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(recall_what_designs_began_from, migrations.RunPython.noop),
    ]
