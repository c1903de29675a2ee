"""The patterns of ids that several records share."""

from django.utils.translation import gettext_lazy as _

from spacefile.kinds import Code, Words

PERSON = Code(
    r"[A-Z][A-Za-z0-9_-]*",
    _("Begin with a capital letter and go on with letters and digits, as in P01."),
)
SLUG = Code(
    r"[a-z0-9]+(-[a-z0-9]+)*",
    _("Write small letters, digits and single hyphens, as in lower-leg-circle."),
    longest=60,
)
ID = Code(
    r"[A-Za-z][A-Za-z0-9_-]*",
    _("Begin with a letter and go on with letters, digits and hyphens, as in S1."),
)
MOMENT = Code(
    r"[A-Za-z0-9][A-Za-z0-9._-]*",
    _("Write the story's id, a full stop and the step's number, as in S1.4."),
    longest=80,
)
SUBTYPE = Code(r"[a-z][a-z0-9_]*", _("Write small letters, as in being_heard."), longest=30)
NAME = Words(120, blank=False)
FRAMING = "FRAMING-"
