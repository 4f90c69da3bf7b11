import accounts.models.user
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_outbox_at_the_desk'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='DeletionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comments', models.CharField(choices=[('anonymise', 'Keep the words, without my name'), ('remove', 'Remove the words too')], default='anonymise', max_length=10)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(choices=[('terms', 'Terms'), ('privacy', 'Privacy'), ('community-rules', 'Community rules')], max_length=20)),
                ('number', models.PositiveSmallIntegerField()),
                ('in_force_from', models.DateField()),
                ('is_notable', models.BooleanField(help_text='Whether people are asked again. Not for corrections of spelling.')),
                ('change', models.CharField(help_text='What is different from the version before, in plain words.', max_length=400)),
                ('text', models.TextField(help_text='Markdown.')),
                ('html', models.TextField(editable=False)),
            ],
            options={
                'ordering': ('document', '-number'),
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('erased_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comments', models.CharField(choices=[('anonymise', 'Keep the words, without my name'), ('remove', 'Remove the words too')], max_length=10)),
                ('rows', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('is_on', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='ProfileLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60)),
                ('url', models.URLField(validators=[django.core.validators.URLValidator(schemes=['http', 'https'])])),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='user',
            name='bio',
            field=models.TextField(blank=True, help_text='Plain text, on your page only.', max_length=600, verbose_name='about you'),
        ),
        migrations.AddField(
            model_name='user',
            name='handle',
            field=models.CharField(blank=True, max_length=40, null=True, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\Z', 'Use small letters, digits and hyphens, with a letter or digit at both ends.')], verbose_name='address of your page'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_profile_public',
            field=models.BooleanField(default=False, verbose_name='show a public page'),
        ),
        migrations.AddField(
            model_name='user',
            name='profile_blocked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='page taken down'),
        ),
        migrations.AddField(
            model_name='user',
            name='profile_blocked_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='user',
            name='security_stamp',
            field=models.CharField(default=accounts.models.user.new_stamp, editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name='user',
            name='time_zone',
            field=models.CharField(default='UTC', help_text='Times on your own pages are shown in it.', max_length=60),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_profile_public', False), ('handle__isnull', False), _connector='OR'), name='public_profile_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('profile_blocked_at__isnull', True), models.Q(('profile_blocked_reason', ''), _negated=True), _connector='OR'), name='profile_is_blocked_for_a_reason'),
        ),
        migrations.AddField(
            model_name='consent',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deletionrequest',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deletion_request', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='document_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='document_version_from_one'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 1), ('is_notable', True), _connector='OR'), name='first_version_is_notable'),
        ),
        migrations.AddField(
            model_name='consent',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='accounts.documentversion'),
        ),
        migrations.AddField(
            model_name='notificationchoice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='profilelink',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='deletionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('requested_at'))), name='deletion_is_not_at_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(fields=('user', 'version'), name='consent_once_per_version'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notification_choice_once_per_kind'),
        ),
    ]
