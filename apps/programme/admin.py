"""The programme's lists, for administrators: whatever is saved here goes through the service.

Nobody decides a case on these pages. A row that one administrator changed is not relied on
until another has confirmed it; what a rule or a requirement says is never changed, its next
version is added.
"""

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import has_role
from apps.core import dates
from apps.core.errors import Refused
from apps.core.said import date_words
from apps.programme import calendar, models, services

_VOUCHING = ("version", "loaded_at", "proposed_by", "proposed_at", "confirmed_by", "confirmed_at")


class ProgrammeLists(admin.AdminSite):
    site_header = site_title = _("The programme’s lists")
    index_title = _("Rules, batches and lists")
    site_url = None

    def has_permission(self, request):
        return has_role(request.user, "administrator")

    def login(self, request, extra_context=None):
        """The portal's own sign-in; a stranger who is signed in learns nothing."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next", "/"))

    def index(self, request, extra_context=None):
        if calendar.runs_out_soon(dates.today()):
            messages.warning(
                request,
                _("General holidays are known to %(day)s only. Add the next year’s: last days beyond it may be wrong.")
                % {"day": date_words(calendar.known_until())},
            )
        return super().index(request, extra_context)

    def password_change(self, request, extra_context=None):
        raise Http404

    login.audience = ("public",)
    index.audience = ("administrator",)
    password_change.audience = ("administrator",)


lists = ProgrammeLists(name="lists")


class DatedAdmin(admin.ModelAdmin):
    actions = ["propose", "confirm"]
    readonly_fields = _VOUCHING
    list_filter = ["mark"]
    vouching_columns = ["version", "valid_from", "mark", "proposed_by", "confirmed_by"]

    def get_list_display(self, request):
        return ["__str__", *self.vouching_columns]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("proposed_by", "confirmed_by")

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        services.save_row(obj, changed=form.changed_data, by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            self.message_user(request, refused.message, messages.ERROR)
            return HttpResponseRedirect(request.path)

    @admin.action(description=_("Propose as they stand"))
    def propose(self, request, rows):
        self._each(request, rows, services.adopt)

    @admin.action(description=_("Confirm"))
    def confirm(self, request, rows):
        self._each(request, rows, services.confirm)

    def _each(self, request, rows, verb):
        for row in rows:
            try:
                verb(row, by=request.user)
            except Refused as refused:
                self.message_user(request, f"{row}: {refused.message}", messages.ERROR)


class SaidForGoodAdmin(DatedAdmin):
    """Rows are read, and their next versions added."""

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(models.Rule, site=lists)
class RuleAdmin(SaidForGoodAdmin):
    fields = [
        "scheme",
        "key",
        "unit",
        "value",
        "valid_from",
        "mark",
        *[f"{name}_{code}" for name in ("source", "statement") for code in ("en", "zh_hant", "zh_hans")],
    ]
    readonly_fields = ()
    search_fields = ["key", "statement_en", "statement_zh_hant"]

    def save_model(self, request, obj, form, change):
        rule = services.propose_rule(
            scheme=obj.scheme_id,
            key=obj.key,
            unit=obj.unit,
            value=obj.value,
            valid_from=obj.valid_from,
            mark=obj.mark,
            by=request.user,
            source=_three(obj, "source"),
            statement=_three(obj, "statement"),
        )
        obj.pk = rule.pk


def _three(row, name):
    return {code: getattr(row, f"{name}_{code}") for code in ("en", "zh_hant", "zh_hans")}


@admin.register(models.Requirement, site=lists)
class RequirementAdmin(SaidForGoodAdmin):
    readonly_fields = tuple(name for name in _VOUCHING if name != "version")
    list_filter = ["category", "mark"]


@admin.register(models.TermsVersion, site=lists)
class TermsAdmin(admin.ModelAdmin):
    list_display = ["scheme", "name", "valid_from"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(models.Batch, site=lists)
class BatchAdmin(DatedAdmin):
    vouching_columns = ["opens_at", "closes_at", *DatedAdmin.vouching_columns]
    filter_horizontal = ["sectors", "categories"]


for listed in (
    models.Sector,
    models.Category,
    models.DocumentType,
    models.StrikeReason,
    models.QuestionReason,
    models.PaymentProof,
    models.Holiday,
    models.HeadcountTest,
):
    lists.register(listed, DatedAdmin)

urlpatterns = [path("", lists.urls)]  # after every list is registered
