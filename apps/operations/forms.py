from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import PortalForm


class MessageFilter(PortalForm):
    """An e-mail address, a telephone number or a reference, or a part of one."""

    form_method = "get"
    submit_label = _("Show messages")
    about = forms.CharField(label=_("Address or reference"), required=False, max_length=80)
