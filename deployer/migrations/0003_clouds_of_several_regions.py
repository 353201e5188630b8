import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_only_region(apps, schema_editor):
    """What was read of a cloud was its one region; what stands there, stands in it."""
    cloud = apps.get_model("deployer", "Cloud")
    region = apps.get_model("deployer", "CloudRegion")
    resource = apps.get_model("deployer", "Resource")
    region.objects.bulk_create(
        region(cloud=one, name=one.region, profile_json=one.profile_json, read_at=one.checked_at)
        for one in cloud.objects.all()
    )
    its_region = Subquery(cloud.objects.filter(id=OuterRef("account_id")).values("region")[:1])
    resource.objects.exclude(kind="external").update(region=its_region)


class Migration(migrations.Migration):
    dependencies = [
        ("deployer", "0002_plans_know_their_prices_and_lead_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="regions",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="resource",
            name="region",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="step",
            name="old_region",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="step",
            name="region",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.CreateModel(
            name="CloudRegion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("position", models.PositiveIntegerField(default=0)),
                ("profile_json", models.JSONField(default=dict)),
                ("detail", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "cloud",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regions",
                        to="deployer.cloud",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("cloud", "name"), name="one_region_a_name")
                ],
            },
        ),
        migrations.RunPython(name_the_only_region, migrations.RunPython.noop),
    ]
