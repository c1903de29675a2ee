"""Form fields that Django's own do not quite cover."""

from django import forms
from django.core.exceptions import ValidationError

LONGEST_KEY = 18  # characters that every database can hold in a key


class SeveralOf(forms.ModelMultipleChoiceField):
    """Several rows by their keys; what no database could hold as a key is not among them."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > LONGEST_KEY or "\0" in str(key):
                said = self.error_messages["invalid_choice"]
                raise ValidationError(said, code="invalid_choice", params={"value": str(key)[:20]})
        return super().clean(value)
