"""Guides get a shelf, which decides their address, and the keys of every kind of source.

On SQLite these steps remake the table of guides; rows, and what points to them, stay as they are.
The table of revisions, which carries a trigger, is not touched.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_roles")]

    operations = [
        migrations.RenameField("article", "claim_keys", "source_keys"),
        migrations.AddField(
            model_name='article',
            name='shelf',
            field=models.CharField(choices=[('guides', 'Guides'), ('salaries', 'Salary guides')], default='guides', help_text='Decides the address: /guides/… or /salaries/…. Kept like the address.', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('shelf__in', ['guides', 'salaries'])), name='article_shelf_known'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('shelf', 'salaries'), ('slug__in', ('explore', 'editions', 'figures', 'charts', 'sources')), _negated=True), name='article_address_not_taken_by_a_page', violation_error_message='This address belongs to a page of the site.'),
        ),
    ]
