import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.fields


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BackgroundImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('product', models.CharField(max_length=100, verbose_name='product')),
                ('version', models.CharField(max_length=50, verbose_name='version')),
                ('is_dry_run', models.BooleanField(default=False, verbose_name='dry run')),
                ('state', models.CharField(choices=[('running', 'Running'), ('finished', 'Finished'), ('failed', 'Failed'), ('interrupted', 'Interrupted')], default='running', max_length=20, verbose_name='state')),
                ('publication', portal.fields.OrderedJSONField(blank=True, null=True, verbose_name='publication')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('started_at', models.DateTimeField(verbose_name='started at')),
                ('beat_at', models.DateTimeField(verbose_name='last heartbeat at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ('-started_at',),
            },
        ),
    ]
