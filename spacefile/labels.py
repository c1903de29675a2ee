"""What the records of a space file are called in sentences."""

from django.utils.translation import gettext as _

from spacefile.records import part


def label(kind: str, thing, number: int, above: str) -> str:
    """What a record is called in a sentence, by the key it stands under."""
    make = LABELS.get(kind)
    if make is None:
        return above
    said = {"above": above, "number": number, "id": part(thing, ID_KEYS.get(kind, "id"), number)}
    return make(said)


ID_KEYS = {
    "other_spaces": "slug",
    "framing": "number",
    "aspirations": "key",
    "aspirations_added": "key",
    "steps": "n",
}
LABELS = {
    "space": lambda said: _("space"),
    "other_spaces": lambda said: _("other space %(id)s") % said,
    "participants": lambda said: _("participant %(id)s") % said,
    "outside": lambda said: _("outside %(id)s") % said,
    "framing": lambda said: _("framing %(id)s") % said,
    "uncertainties": lambda said: _("%(above)s, uncertainty %(id)s") % said,
    "aspirations": lambda said: _("%(above)s, aspiration %(id)s") % said,
    "aspirations_added": lambda said: _("%(above)s, aspiration %(id)s") % said,
    "assumptions": lambda said: _("%(above)s, assumption %(number)s") % said,
    "risks": lambda said: _("%(above)s, risk %(number)s") % said,
    "indicators": lambda said: _("indicator %(id)s") % said,
    "superseded": lambda said: _("%(above)s, superseded %(number)s") % said,
    "stories": lambda said: _("story %(id)s") % said,
    "consent": lambda said: _("%(above)s, consent") % said,
    "consents": lambda said: _("%(above)s, consent %(number)s") % said,
    "third_parties": lambda said: _("%(above)s, third party %(number)s") % said,
    "statements": lambda said: _("%(above)s, statement %(number)s") % said,
    "steps": lambda said: _("%(above)s, step %(id)s") % said,
}


def flow_label(thing, number: int) -> str:
    """What a flow is called: its number and its two ends."""
    said = {"number": number, "source": part(thing, "from"), "target": part(thing, "to")}
    if not said["source"]:
        return _("flow %(number)s") % said
    if not said["target"]:
        return _("flow %(number)s (from %(source)s)") % said
    return _("flow %(number)s (%(source)s to %(target)s)") % said
