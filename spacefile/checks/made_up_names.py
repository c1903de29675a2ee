"""The names that tellers made up point at nobody else in the file."""

from functools import lru_cache

from django.utils.translation import gettext as _

from spacefile.lookups import Lookups, RecordPlace
from spaces.presentation.lookalikes import Likenesses
from spaces.presentation.spellings import key_of
from valuecreation.presentation.names import PSEUDONYM_KEY


def check_made_up_name(found: Lookups, act_at: RecordPlace) -> None:
    """The name of one act is nobody's but of those who chose it for themselves."""
    made_up = act_at.thing.extras.get(PSEUDONYM_KEY)
    if not isinstance(made_up, str):
        return
    same = key_of(made_up)
    chose_it = {
        story.teller
        for story in found.document.stories
        for act in story.acts
        if key_of(str(act.extras.get(PSEUDONYM_KEY, ""))) == same
    }
    document = found.document
    people = [*document.participants, *document.outside]
    others = tuple(one.name or "" for one in people if one.id not in chose_it)
    if likenesses_of(others).holds(made_up):
        problem = _("This is the name of somebody in the file, and would point at them.")
        found.fault(act_at, PSEUDONYM_KEY, made_up, problem, _("Choose another name."))


@lru_cache(maxsize=4)
def likenesses_of(people: tuple[str, ...]) -> Likenesses:
    """The names of some people, made ready once for all that is compared with them."""
    return Likenesses(people)
