import apps.accounts.models.people
import apps.core.dates
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'tries',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=200)),
                ('staff_number', models.CharField(blank=True, max_length=32, null=True, unique=True)),
                ('present', models.BooleanField(default=False)),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='person_has_a_name'), models.CheckConstraint(condition=models.Q(('staff_number', ''), _negated=True), name='person_staff_number_not_empty'), models.CheckConstraint(condition=models.Q(('present', False), ('staff_number__isnull', False), _connector='OR'), name='person_only_staff_is_present')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('handle', models.CharField(default=apps.accounts.models.people.new_handle, editable=False, max_length=32, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ('phone', models.CharField(blank=True, max_length=16, null=True, unique=True)),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hant', '繁體中文'), ('zh-hans', '简体中文')], default='en', max_length=8)),
                ('is_active', models.BooleanField(default=True)),
                ('demonstration', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=apps.core.dates.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounts.person')),
            ],
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=24)),
                ('proposed_at', models.DateTimeField(default=apps.core.dates.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('founding', models.PositiveSmallIntegerField(null=True, unique=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to='accounts.person')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
        ),
        migrations.CreateModel(
            name='StaffInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=24, unique=True)),
                ('full_name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('staff_number', models.CharField(max_length=32)),
                ('role', models.CharField(max_length=24)),
                ('present', models.BooleanField(default=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('invited_at', models.DateTimeField(default=apps.core.dates.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('account', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=100)),
                ('document_hash', models.CharField(max_length=128)),
                ('method', models.CharField(max_length=16)),
                ('confirmed_at', models.DateTimeField(default=apps.core.dates.now)),
                ('consumed_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ('password', 'second_factor', 'code'))), name='confirmation_method'), models.UniqueConstraint(condition=models.Q(('consumed_at__isnull', True)), fields=('account', 'act', 'document_hash'), name='confirmation_one_waiting')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('purpose', models.CharField(max_length=12)),
                ('channel', models.CharField(max_length=8)),
                ('address', models.CharField(max_length=254)),
                ('full_name', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=8)),
                ('act', models.CharField(blank=True, max_length=100)),
                ('document_hash', models.CharField(blank=True, max_length=128)),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=apps.core.dates.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['sign_in', 'sign_up', 'act'])), name='code_purpose'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text'])), name='code_channel'), models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='code_tries')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=64)),
                ('part', models.CharField(max_length=24)),
                ('assumed_at', models.DateTimeField(default=apps.core.dates.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='accounts.person')),
            ],
            options={
                'verbose_name_plural': 'duties',
                'constraints': [models.UniqueConstraint(fields=('subject', 'person'), name='duty_one_part_per_person'), models.UniqueConstraint(fields=('id', 'subject'), name='duty_of_its_case'), models.CheckConstraint(condition=models.Q(('part__in', ('applicant', 'provider', 'case_officer', 'approver', 'reviewer', 'review_decider', 'supervisor', 'counter', 'claim_verifier', 'payment_approver', 'releaser'))), name='duty_part_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('email__isnull', False), ('phone__isnull', False), _connector='OR'), name='account_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '^\\+852[0-9]{8}$')), name='account_phone_shape'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'zh-hant', 'zh-hans'])), name='account_language'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ('case_officer', 'approver', 'reviewer', 'supervisor', 'auditor', 'administrator', 'helpdesk', 'claim_verifier', 'payment_approver', 'releaser'))), name='role_known'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', True), ('founding__in', [1, 2]), ('proposed_by__isnull', True), ('role', 'administrator')), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('founding__isnull', True), ('proposed_by__isnull', False)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('founding__isnull', True), ('proposed_by__isnull', False)), _connector='OR'), name='role_takes_two_people'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', models.F('person')), _negated=True), models.Q(('confirmed_by', models.F('person')), _negated=True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), name='role_three_different_persons'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'role'), name='role_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ('case_officer', 'approver', 'reviewer', 'supervisor', 'auditor', 'administrator', 'helpdesk', 'claim_verifier', 'payment_approver', 'releaser'))), name='invitation_role_known'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('invited_by')), _negated=True), name='invitation_takes_two_people'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='invitation_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.UniqueConstraint(fields=('staff_number',), name='invitation_staff_number_once'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.UniqueConstraint(fields=('email',), name='invitation_email_once'),
        ),
    ]
