"""The business as a list of facts, at the left of its case."""

from django.utils.translation import gettext as _

from apps.core.said import date_words, language, mark, nearest


def facts_of(application):
    """Rows for components/summary_list.html."""
    firm, version = application.organisation, application.version
    names = "\n".join(name for name in dict.fromkeys((firm.name_zh, firm.name_en)) if name)
    seller = version.package.provider.organisation
    return [
        {"label": _("Name"), "value": names},
        {"label": _("Legal form"), "value": firm.get_legal_form_display()},
        *_identity(firm),
        {"label": _("Proof"), "value": _proof(firm)},
        {"label": _("Sector"), "value": nearest(application.sector, "name")[0]},
        {"label": _("Place"), "value": _place(firm)},
        {"label": _("Provider"), "value": seller.name, "lang": seller.name_language},
        {
            "label": _("Package"),
            "value": _("%(name)s, version %(number)d")
            % {"name": nearest(version, "name")[0], "number": version.number},
        },
        {"label": _("Price promised"), "value": date_words(application.confirmation.confirmed_at)},
        {"label": _("Received"), "value": date_words(application.received_at)},
        {"label": _("Terms"), "value": application.terms},
    ]


def _identity(firm):
    """The numbers that its ceiling counts: a hawker inside a building has two."""
    ends = {"brn": firm.br_expires_on, "licence": firm.licence_expires_on}
    words = {"brn": _("BR number"), "licence": _("Hawker licence")}
    for one in dict.fromkeys(filter(None, (firm.identity, firm.licence))):
        until = ends[one.kind]
        runs = _("runs to %(day)s") % {"day": date_words(until, "short")} if until else _("no expiry date given")
        yield {"label": words[one.kind], "value": f"{one.value}\n{runs}"}


def _proof(firm):
    if not firm.is_proven:
        return _("Not proven yet")
    return f"{firm.get_proven_how_display()}{mark('comma')}{date_words(firm.proven_at, 'short')}"


def _place(firm):
    parts = dict.fromkeys([*firm.address_lines(language()), firm.pitch])
    return mark("comma").join(part for part in parts if part)
