"""What kind of story it is, where it stands, and how well it is borne out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryKind(models.TextChoices):
    SPECIFIC = "specific", _("a story about something that happened")
    GROUND = "ground", _("a ground narrative: how we came to take part")
    ASPIRATIONAL = "aspirational", _("an aspirational narrative: what success would be")


class StoryState(models.TextChoices):
    DRAFT = "draft", _("being written")
    WITH_TELLER = "with_teller", _("with the teller")
    APPROVED = "approved", _("approved by the teller")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RETIRED = "retired", _("retired")


class Strength(models.TextChoices):
    ASSERTED = "asserted", _("told by one person")
    CORROBORATED = "corroborated", _("borne out by another participant")
    DOCUMENTED = "documented", _("borne out by a record or an indicator")
    SUBSTANTIATED = "substantiated", _("borne out by somebody knowledgeable and independent")
