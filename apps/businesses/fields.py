from django import forms
from django.utils.translation import gettext_lazy as _

from apps.businesses import rules
from apps.core.fields import TextField


class RegistrationField(TextField):
    """One box for a business registration number or a hawker licence; cleans to (brn, licence)."""

    def to_python(self, value):
        try:
            return rules.registration(super().to_python(value))
        except ValueError:
            raise forms.ValidationError(
                _("Enter 8 digits of a business registration, or the letters and digits of a hawker licence."),
                code="shape",
            ) from None

    def validate(self, value):
        super().validate("".join(value))

    def run_validators(self, value):
        super().run_validators("".join(value))
