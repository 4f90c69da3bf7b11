import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_salary_shelf'),
        ('learning', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='readguide',
            name='removed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='savedguide',
            name='removed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='savedguide',
            name='revision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.revision'),
        ),
        migrations.AddIndex(
            model_name='readguide',
            index=models.Index(condition=models.Q(('removed_at__isnull', False)), fields=['removed_at'], name='read_guide_taken_off'),
        ),
        migrations.AddIndex(
            model_name='savedguide',
            index=models.Index(condition=models.Q(('removed_at__isnull', False)), fields=['removed_at'], name='saved_guide_taken_off'),
        ),
    ]
