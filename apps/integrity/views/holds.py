"""The supervisor's pages of held cases and of reports. Who stands in a case's line finds none of them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.views.frame import desk
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.integrity import contents, services
from apps.integrity.forms import CloseForm, ForgetForm, MatchForm, NextWordForm, SetAsideForm
from apps.integrity.permissions import concern_for, concerns_for, file_for, files_for, outside
from apps.integrity.services.finding import cases_named

MOST = 100


@audience("supervisor")
def held(request):
    """Holds by the day of their next word, and reports that no case was found for."""
    files = files_for(request.user.person_id).open().select_related("hold__application__organisation")
    files = list(files.order_by("hold__next_word_on", "pk")[:MOST])
    waiting = list(concerns_for(request.user).waiting().order_by("read_by", "pk")[:MOST])
    for one in (*files, *waiting):
        one.kind_words = contents.FILE_KINDS[one.kind]
    return desk(request, "integrity/held.html", {"files": files, "waiting": waiting, "today": dates.today()})


@audience("supervisor")
def file(request, number):
    """Why a case is held: the reports in their own words, each new day, the verdict. Opening it is written down."""
    found = file_for(request.user, number)
    services.read(number, by=request.user)
    reports = [one.concern for one in found.matches.select_related("concern__way_back", "concern__recorded_by")]
    return desk(
        request,
        "integrity/file.html",
        {
            "file": found,
            "hold": found.hold,
            "application": found.hold.application,
            "title": contents.FILE_KINDS[found.kind],
            "reports": [_facts(one) for one in reports],
            "next_words": found.next_words.select_related("by").order_by("pk"),
            "verdict": getattr(found, "verdict", None),
            "verdict_words": contents.VERDICTS[found.verdict.kind] if hasattr(found, "verdict") else "",
            "overdue": found.hold.next_word_on < dates.today(),
        },
    )


def _facts(concern):
    """The report with the rows that its page lists."""
    rows = [
        (_("What happened"), contents.KINDS[concern.kind]),
        (_("Business number"), concern.brn or concern.licence),
        (_("Business"), concern.business_name),
        (_("Provider or agent"), concern.provider_name),
        (_("Reference named"), concern.case_reference),
        (_("Reached us"), contents.CHANNELS[concern.channel]),
        (_("Taken down by"), concern.recorded_by.full_name if concern.recorded_by else ""),
        (_("How to reach who reported"), _way_back(concern)),
    ]
    concern.rows = [{"label": label, "value": value} for label, value in rows if value]
    return concern


def _way_back(concern):
    way_back = getattr(concern, "way_back", None)
    if way_back is None:
        return _("Not given")
    return way_back.words or _("No longer kept")


@audience("supervisor")
def next_word(request, number):
    found = file_for(request.user, number)
    form = NextWordForm(request.POST or None)
    back_url = reverse("integrity:file", args=[number])
    return _act(
        request,
        form,
        verb=lambda **given: services.set_next_word(number, **given),
        done=_("Set. The applicant has been told the new day."),
        back_url=back_url,
        title=_("Set the day of the next word"),
        words=_("The applicant reads that the case is still being checked, and the new day. Nothing of the reasons."),
        subject=found.hold.application.reference,
    )


@audience("supervisor")
def close(request, number):
    found = file_for(request.user, number)
    return _act(
        request,
        CloseForm(request.POST or None),
        verb=lambda **given: services.close(number, **given),
        done=_("Closed. The case goes on, and its last days were moved by the days that it was held."),
        back_url=reverse("integrity:held"),
        title=_("Close the hold"),
        words=_(
            "Once it is closed the case goes on, and can be approved. A case that is to be declined stays held "
            "until its own line has declined it: that can be done while it is held."
        ),
        subject=found.hold.application.reference,
    )


@audience("supervisor")
def concern(request, reference):
    """A report, what it may mean, and the two ways on. Opening it is written down."""
    found = concern_for(request.user, reference)
    services.read(reference, by=request.user)
    near = [case for case in cases_named(found) if outside(request.user.person_id, case)]
    return desk(
        request,
        "integrity/concern.html",
        {
            "concern": _facts(found),
            "title": contents.FILE_KINDS[found.kind],
            "near": near,
            "holds": [match.file.hold for match in found.matches.select_related("file__hold__application")],
            "put_by": getattr(found, "set_aside", None),
            "overdue": found.read_by < dates.today(),
        },
    )


@audience("supervisor")
def match(request, reference):
    concern_for(request.user, reference)
    form = MatchForm(request.POST or None, initial={"case_reference": request.GET.get("case", "")[:40]})
    return _act(
        request,
        form,
        verb=lambda **given: services.match(reference, **given),
        done=_("The case is held."),
        back_url=reverse("integrity:held"),
        title=_("Hold a case"),
        words=_("From now on nothing in this case is approved, and none of its days run, until the hold is closed."),
        subject=reference,
    )


@audience("supervisor")
def set_aside(request, reference):
    concern_for(request.user, reference)
    return _act(
        request,
        SetAsideForm(request.POST or None),
        verb=lambda **given: services.set_aside(reference, **given),
        done=_("Set aside."),
        back_url=reverse("integrity:held"),
        title=_("Set the report aside"),
        words=_("It holds no case, and leaves the list."),
        subject=reference,
    )


@audience("supervisor")
def forget(request, reference):
    """Who reported asked that nobody call: the report stays, how to reach them goes."""
    concern_for(request.user, reference)
    return _act(
        request,
        ForgetForm(request.POST if request.method == "POST" else None),
        verb=lambda **given: services.forget_way_back(reference, **given),
        done=_("Removed. The report itself stays."),
        back_url=reverse("integrity:concern", args=[reference]),
        title=_("Remove how to reach who reported"),
        words=_("The words go for good, and nobody can call back. The report itself stays as it was told."),
        subject=reference,
    )


def _act(request, form, *, verb, done, back_url, **context):
    """The page before an act; what refuses it stands at its field or on top, and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(**form.cleaned_data, by=request.user)
            messages.success(request, done)
            return redirect(back_url)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return desk(request, "integrity/act.html", {"form": form, "back_url": back_url, **context})
