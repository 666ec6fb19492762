"""The form that every page of the portal shows, drawn by the template pack `portal`."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Choice:
    """The label of a radio or checkbox that has a hint or a price beside it.

    `price_cents` is shown at the right as HK$; `hint` stands beneath the words.
    """

    def __init__(self, label, hint="", price_cents=None):
        self.label, self.hint, self.price_cents = label, hint, price_cents

    def __str__(self):
        return str(self.label)


class PortalFormMixin:
    """Gives any form the pack's helper, button and words.

    A form sets `submit_label` (names the act), and may set `later_label` for a second
    button named "later", `cancel_url`, `form_action`, `form_method`, `warning` (the act
    destroys or moves money, so its button is red) or `secondary` (another act of the page
    leads). A field may set `width` (2 3 4 5 10 20 characters) and `optional_shown = False`.
    """

    use_required_attribute = False
    submit_label = gettext_lazy("Continue")
    submit_name = ""
    later_label = ""
    cancel_url = ""
    form_action = ""
    form_method = "post"
    warning = False
    secondary = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.take(name, field)

    def take(self, name, field):
        """Put a field into the form, with the portal's words; also one that is known only later."""
        _say_how_to_mend(field)
        _no_spinner(field.widget)
        self.fields[name] = field

    @cached_property
    def helper(self):
        helper = FormHelper()
        helper.form_method = self.form_method
        helper.form_action = str(self.form_action)
        for name in ("submit_label", "submit_name", "later_label", "cancel_url", "warning", "secondary"):
            setattr(helper, name, getattr(self, name))
        return helper


class PortalForm(PortalFormMixin, forms.Form):
    """A form of the portal; see PortalFormMixin for what it may set."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """The same over a model; it still saves through a service, never by itself."""


def _say_how_to_mend(field):
    """Put our words where Django's own defaults stand; words that a field chose stay."""
    ours = _words_for(field)
    for code, default in _defaults_of(type(field)).items():
        if code in ours and field.error_messages.get(code) is default:
            field.error_messages[code] = ours[code]
    # These two come from validators, which a field's own messages go before.
    if isinstance(field, forms.EmailField | forms.URLField):
        field.error_messages.setdefault("invalid", ours["invalid"])
    field.error_messages.setdefault(
        "null_characters_not_allowed",
        _("Type this again without hidden characters. They can come along when text is copied."),
    )
    field.error_messages.setdefault(
        "max_length",
        _("Shorten this to %(limit_value)d characters or fewer. It has %(show_value)d."),
    )


def _defaults_of(kind):
    found = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("django."):
            found.update(getattr(base, "default_error_messages", {}))
    return found


def _words_for(field):
    label = {"label": field.label or ""}
    return {
        "required": _required_words(field) % label,
        "invalid": _malformed_words(field) % label,
        "invalid_choice": _("Choose one of the answers listed for “%(label)s”") % label,
        "invalid_list": _("Choose from the answers listed for “%(label)s”") % label,
        "invalid_image": _("Choose a picture for “%(label)s”") % label,
        "empty": _("Choose a file that is not empty for “%(label)s”") % label,
        "missing": _("Choose a file for “%(label)s”") % label,
    }


def _required_words(field):
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”")
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on")
    if isinstance(field, forms.ChoiceField):
        return _("Choose an answer for “%(label)s”")
    return _("Fill in “%(label)s”")


def _malformed_words(field):
    if isinstance(field, forms.EmailField):
        return _("Enter an e-mail address such as name@example.com")
    if isinstance(field, forms.IntegerField):
        return _("Enter a whole number for “%(label)s”")
    if isinstance(field, forms.URLField):
        return _("Enter a web address such as https://www.example.com")
    return _("Check what you typed for “%(label)s”")


def _no_spinner(widget):
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "numeric")
