from django.conf import settings
from django.db import migrations

from flaks import roles

# Django's own apps have other migrations on MongoDB, and so other names for their newest.
ON_MONGODB = "auth" in settings.MIGRATION_MODULES
NEWEST = {
    "admin": "0001_initial" if ON_MONGODB else "0003_logentry_add_action_flag_choices",
    "auth": "0001_initial" if ON_MONGODB else "0012_alter_user_first_name_max_length",
    "contenttypes": "0001_initial" if ON_MONGODB else "0002_remove_content_type_name",
}


class Migration(migrations.Migration):

    dependencies = [
        *NEWEST.items(),
        ("keys", "0005_permissions"),
        ("music", "0002_pins_and_reports"),
    ]

    operations = [
        # With the models as they are, not as they were: permissions are of names, and a later table changes none.
        migrations.RunPython(lambda apps, editor: roles.grant(), lambda apps, editor: roles.withdraw()),
    ]
