"""What a program sends to the API: every key of it is understood, or the whole is refused."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from learningspaces.lib.text import in_words


class StrictSerializer(serializers.Serializer):
    """Refuses a key it does not know by its name: whoever misspells one is told, not ignored."""

    def to_internal_value(self, data):
        faults = {}
        unknown = sorted(str(key) for key in set(data) - set(self.fields)) if is_map(data) else []
        if unknown:
            known = in_words(sorted(self.fields))
            said = _("There is no such key here. Those there are: %(keys)s.") % {"keys": known}
            faults = {key[:80]: [said] for key in unknown}
        try:
            understood = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if not faults:
                raise
            raise serializers.ValidationError(error.detail | faults) from error
        if faults:
            raise serializers.ValidationError(faults)
        return understood


def is_map(data) -> bool:
    """True for what has keys; anything else is refused as a whole."""
    return isinstance(data, dict)
