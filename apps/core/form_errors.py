"""The errors of a page, as the summary on top lists them: words and the field to go to."""

from typing import NamedTuple

from django import forms


class ErrorLine(NamedTuple):
    """`words` say how to mend it; `target` is the id to go to, "" when there is none."""

    words: str
    target: str


def of_page(context):
    """Every error line of `form`, `forms` (forms or formsets) and `errors` in a context.

    `errors` are sentences, or (sentence, id) pairs, for what no form holds: a verb that
    refused, for example.
    """
    lines = [_plain(error) for error in context.get("errors") or ()]
    for form in _forms(context):
        lines += of_form(form)
    return lines


def of_form(form):
    """A bound form's lines: what concerns no single field first, then field by field."""
    if not getattr(form, "is_bound", False) or not form.errors:
        return []
    first = next((first_input(field) for field in form.visible_fields()), "")
    lines = [ErrorLine(words, first) for words in form.non_field_errors()]
    for field in form:
        target = first if field.is_hidden else first_input(field)
        if field.errors:
            lines.append(ErrorLine(field.errors[0], target))
    return lines


def first_input(field):
    """The id of the first control of a field, which a link in the summary goes to."""
    widget = field.field.widget
    many = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))
    return f"{field.auto_id}_0" if many else field.id_for_label or field.auto_id


def _plain(error):
    return ErrorLine(*error) if isinstance(error, tuple) else ErrorLine(error, "")


def _forms(context):
    for form in [context.get("form"), *(context.get("forms") or ())]:
        yield from getattr(form, "forms", None) or [form]
