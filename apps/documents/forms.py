"""The upload that every app shows the same way: several files, a phone's camera included."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import PortalForm
from apps.documents import contents
from apps.documents.services import receive_each


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self):
        endings = [f".{ending}" for kinds in contents.MEDIA_TYPES.values() for ending in kinds]
        accept = ",".join([*contents.MEDIA_TYPES, *endings])
        super().__init__(attrs={"multiple": True, "accept": accept})


class FilesField(forms.FileField):
    """One or several files; cleans to a list. What is inside them is the verb's to judge."""

    widget = FilesInput

    def __init__(self, **kwargs):
        kwargs.setdefault("allow_empty_file", True)  # told by the verb, file by file
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        return [super(FilesField, self).clean(one, initial) for one in files]


class UploadForm(PortalForm):
    """Send files of one document type: `UploadForm(request.POST, request.FILES, label=…, hint=…)`.

    Then `receive(subject, type_code, by=)` takes what can be taken; what cannot stands as an
    error at the field, and `documents` holds what was taken.
    """

    submit_label = _("Send files")
    files = FilesField(
        error_messages={"required": _("Choose a file first, then send it.")},
    )

    def __init__(self, *args, label=None, hint=None, required=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = []
        files = self.fields["files"]
        files.required = required
        files.label = label or _("Choose files")
        limits = _("PDF, JPEG or PNG, at most 10 MB each. Several photos can make one document.")
        files.help_text = f"{hint} {limits}" if hint else limits

    def receive(self, subject: str, type_code: str, *, by, take=None) -> bool:
        """Call after is_valid(). True when every file was taken, by the owning app's verb `take`."""
        received = receive_each(subject, type_code, self.cleaned_data["files"], by=by, take=take)
        self.documents = received.documents
        if received.faults:
            # One sentence a field is shown, so all files that failed stand in one.
            lines = [f"{name}: {words}" for name, words in received.faults]
            self.add_error("files", " ".join(lines))
        return not received.faults
