from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import PortalForm


class CheckForm(PortalForm):
    """Number and code as printed at the foot of a letter. Posted, so that no log keeps the code."""

    submit_label = _("Check the letter")

    number = forms.CharField(label=_("Letter number"), max_length=60, help_text=_("For example L-2026-000417-K"))
    code = forms.CharField(label=_("Code"), max_length=80, help_text=_("16 characters, with or without the hyphens"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
            field.width = 20
