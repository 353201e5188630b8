from django.db import migrations


class Migration(migrations.Migration):
    """Apart from 0003: PostgreSQL alters no table in the transaction that has just filled it."""

    dependencies = [
        ("deployer", "0003_clouds_of_several_regions"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="cloud",
            name="profile_json",
        ),
    ]
