"""Composites drawn from several stories: writing one, letting it go, taking one's story out."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.text import in_words
from learningspaces.lib.violations import check_fields
from spaces.models import SMALLEST_GROUP, Membership
from spaces.presentation.viewer import Viewer
from spaces.rules import require_open
from valuecreation.cycles import Audience
from valuecreation.models import Story, Vignette, VignetteSource
from valuecreation.rights import same_person


@transaction.atomic
def write_vignette(*, by: Membership, title: str, text: str, stories: Iterable[Story]) -> Vignette:
    """Draw a composite from stories of several tellers, which names nobody."""
    space, stories = by.space, list(stories)
    require_open(space)
    shared = [story for story in stories if story.goes_to(Audience.SPACE, space.today)]
    if len(shared) < len(stories):
        said = _("Only stories that the people of this space may read can be drawn on.")
        raise ValidationError({"stories": said})
    if len({story.teller_id for story in stories}) < SMALLEST_GROUP:
        said = _("Draw on stories of three people or more, so that nobody in it is one of them.")
        raise ValidationError({"stories": said})
    names = Viewer(space, by.person).names
    for field, words in (("title", title), ("text", text)):
        found = sorted({name.said for name in names.found_in(words)})
        if found:
            said = _("A composite names nobody. Take out: %(names)s.")
            raise ValidationError({field: said % {"names": in_words(found)}})
    vignette = Vignette(
        space=space, title=title.strip(), text=text.strip(), written_by=by, written_on=space.today
    )
    check_fields(vignette, exclude=["space", "written_by"])
    vignette.save()
    VignetteSource.objects.bulk_create(
        [VignetteSource(vignette=vignette, story=story) for story in stories]
    )
    return vignette


@transaction.atomic
def let_go_vignette(vignette: Vignette, *, by: Membership) -> None:
    """Whoever wrote it lets it go; nothing of it stays."""
    if not same_person(vignette.written_by, by):
        raise ValidationError(_("Only the one who wrote it can let it go."))
    vignette.delete()


@transaction.atomic
def take_out_of_vignette(source: VignetteSource, *, by: Membership) -> None:
    """A teller's story is drawn on no more: nobody else reads the vignette from now on."""
    if source.story is None or not same_person(source.story.teller, by):
        raise ValidationError(_("Only the person who tells this story can decide this."))
    source.taken_out_on = source.story.space.today
    source.save(update_fields=["taken_out_on"])
