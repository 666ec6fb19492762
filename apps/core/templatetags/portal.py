"""What templates need to say sums, dates and names in the page's language, and forms."""

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core import form_errors, form_markup, said, turn
from apps.core.form_markup import boxes, described_by, field_kind, options_of, tidy_attrs

register = template.Library()
register.filter("money", said.money)
register.filter("hkdate", said.date_words)
register.filter("hktime", said.time_words)
register.filter("language_tag", said.language_tag)
register.filter("bracketed", said.bracketed)
register.simple_tag(said.mark, name="mark")
register.filter("field_kind", field_kind)
register.filter("options", options_of)
register.filter("boxes", boxes)
register.filter("described_by", described_by)


@register.filter
def tri(thing, name):
    """`{{ package|tri:"name" }}`: the column in the page's language, or the nearest there is."""
    return said.nearest(thing, name)[0]


@register.simple_tag
def tri_marked(thing, name):
    """The same, inside a `lang` span when its language is not the page's (U46)."""
    words, language = said.nearest(thing, name)
    if not words or language == (get_language() or "en"):
        return words
    return format_html('<span lang="{}">{}</span>', said.language_tag(language), words)


@register.simple_tag(takes_context=True)
def url_in_language(context, code):
    """The address of this same page, query and all, in another language."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else f"/{code}/"


@register.simple_tag(takes_context=True)
def current(context, address, only_itself=False):
    """` aria-current="page"` on this page's own link, "true" on one above it."""
    request = context.get("request")
    if not request or not address:
        return ""
    if request.path == address:
        return format_html(' aria-current="{}"', "page")
    above = not only_itself and request.path.startswith(address)
    return format_html(' aria-current="{}"', "true") if above else ""


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " before the title of a page that shows errors (U30)."""
    return _("Error: ") if form_errors.of_page(context) else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context):
    """Every error of the page's `form`, `forms` and `errors`, each linked to its field."""
    return {"lines": form_errors.of_page(context)}


@register.filter
def error_words(field):
    """The first thing to mend about one field; one sentence at a time."""
    return field.errors[0] if field.errors else ""


@register.simple_tag(takes_context=True)
def give_back(context, form):
    """Puts what was typed before the session ended back into the form; shows nothing itself."""
    form_markup.give_back(form, getattr(context.get("request"), "typed", None))
    return ""


@register.simple_tag
def widget(field, css, **attrs):
    """The field's own widget with our class, and the hint and error it is described by."""
    return field.as_widget(attrs=tidy_attrs(field, css, attrs))


@register.simple_tag
def turn_words(pen, viewer="applicant"):
    return turn.turn_words(pen, viewer or "applicant")


@register.filter
def turn_colour(pen):
    return turn.COLOURS.get(pen, "grey")


@register.filter
def done_of(tasks):
    """How many of the tasks are done, for "3 of 7"."""
    return sum(1 for task in tasks if said.part(task, "state") == "done")


@register.simple_tag
def static_if_there(path):
    """For the page of a broken portal, which must not break on a missing file too."""
    try:
        return static(path)
    except ValueError:
        return ""
