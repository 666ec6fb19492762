"""Which of the pack's templates shows a field, and with which attributes."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _

from apps.core.fields import BRNField, HeadcountField, MoneyField, PhoneField

# In this order: several widgets of Django's are kinds of one another.
_KINDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "date"),
    (forms.PasswordInput, "password"),
)
_WIDTHS = ((MoneyField, 10), (BRNField, 20), (HeadcountField, 5), (PhoneField, 20))


def field_kind(field):
    """ "radios", "date", "money" …: the name of the template in portal/fields."""
    if isinstance(field.field, MoneyField):
        return "money"
    for widget, kind in _KINDS:
        if isinstance(field.field.widget, widget):
            return kind
    return "input"


def tidy_attrs(field, css, attrs):
    """Our class, the widget's own, and the width that fits what is typed."""
    names = [css, field.field.widget.attrs.get("class", "")]
    width = getattr(field.field, "width", None) or next(
        (size for kind, size in _WIDTHS if isinstance(field.field, kind)), None
    )
    if width and css == "govuk-input":
        names.append(f"govuk-input--width-{width}")
    if field.errors:
        names.append(f"{css}--error")
    return {**attrs, "class": " ".join(name for name in names if name)}


def options_of(field):
    """The choices of radios or checkboxes: groups of (group label, options with ids)."""
    attrs = field.build_widget_attrs({"id": field.auto_id})
    attrs.pop("aria-invalid", None)
    widget = field.field.widget
    groups = widget.optgroups(field.html_name, widget.format_value(field.value()), attrs)
    return [(label, [SimpleNamespace(**option) for option in options]) for label, options, _place in groups]


def boxes(field):
    """The boxes of a date: label, width and the attributes of each input."""
    attrs = {"id": field.auto_id}
    drawn = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]["subwidgets"]
    labels = (_("Day"), _("Month"), _("Year"))
    return [
        SimpleNamespace(label=label, width=4 if place == 2 else 2, **box)
        for place, (label, box) in enumerate(zip(labels, drawn, strict=True))
    ]


def described_by(field):
    """The ids of a field's hint and error, for a fieldset that Django leaves undescribed."""
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    return " ".join(ids + ([f"{field.auto_id}_error"] if field.errors else []))


def give_back(form, typed):
    """Show in an unbound form what was typed into it before its session ended, unchecked.

    `typed` (QueryDict or None) belongs to the page. Of several forms the one takes it that has
    all its fields: a button's name may be over, a field's may not.
    """
    if not typed or form.is_bound or not _names_of(form).issuperset(set(typed) - _BUTTONS):
        return
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField) and not isinstance(field.widget, forms.PasswordInput):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
            form[name].__dict__.pop("initial", None)  # Django remembers the one it saw first


_BUTTONS = {"later"}


def _names_of(form):
    names = {form.add_prefix(name) for name in form.fields}
    dates = {name for name in form.fields if isinstance(form.fields[name].widget, forms.MultiWidget)}
    boxes = {form.add_prefix(name) + end for name in dates for end in form.fields[name].widget.widgets_names}
    return names | boxes | {getattr(form, "submit_name", "")}
