"""What a teller has changed for themselves and not shared; for them alone."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from spaces.presentation.days import text_words
from spaces.presentation.viewer import Viewer
from valuecreation.models import Moment, Story, StoryKind, Strength
from valuecreation.presentation.moments import MomentOnPage, moment_on_page

CHOICES = {"kind": StoryKind, "told_strength": Strength}


@dataclass(frozen=True)
class KeptBeside:
    """What stands beside a story with its teller: what was told later, and what was corrected."""

    later: list[MomentOnPage]
    corrected: list[MomentOnPage]
    around: list[tuple[str, str]]

    def __bool__(self):
        return bool(self.later or self.corrected or self.around)


def kept_beside(viewer: Viewer, story: Story) -> KeptBeside:
    """What a teller keeps beside a story of theirs."""
    kept = list(Moment.objects.own(viewer.person).kept_beside(story).with_people())
    return KeptBeside(
        later=[moment_on_page(viewer, one, []) for one in kept if not one.corrects_id],
        corrected=[moment_on_page(viewer, one, []) for one in kept if one.corrects_id],
        around=list(_around(story)),
    )


def _around(story: Story):
    """What was changed around the moments: each with its label, as it would stand."""
    for name, said in (story.corrected or {}).items():
        now = getattr(story, name)
        if said == (now.isoformat() if name == "told_on" else now):
            continue
        label = capfirst(str(Story._meta.get_field(name).verbose_name))
        if name == "told_on":
            yield _("When it was told"), text_words(said)
        elif name == "other_factors_private":
            yield _("What else helped"), _("for the space only") if said else _("for every reader")
        elif name in CHOICES:
            yield label, str(CHOICES[name](said).label) if said else ""
        else:
            yield label, said
