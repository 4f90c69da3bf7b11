# Letters may run out, and secret ones leave no copy behind.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="expires_at",
            field=models.DateTimeField(
                blank=True,
                help_text="It is not sent any more then.",
                null=True,
                verbose_name="of no use after",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="is_secret",
            field=models.BooleanField(
                default=False,
                help_text="Address and words are emptied as soon as it was sent or given up.",
                verbose_name="secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_secret", False),
                    ("next_try_at__isnull", False),
                    models.Q(("html", ""), ("recipient", ""), ("subject", ""), ("text", "")),
                    _connector="OR",
                ),
                name="secret_letter_leaves_no_copy",
            ),
        ),
    ]
