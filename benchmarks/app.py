"""Every name of the application that the benchmarks use; import it once Django is set up."""

import datetime as dt

from django.apps import apps
from django.db.models import AutoField
from django.template.loader import get_template
from django.urls import get_resolver, reverse

from evaluation.models import (
    Indicator,
    MomentIndicator,
    Observation,
    Purpose,
    Release,
)
from evaluation.releases import work
from evaluation.reports import csvzip, pdf
from framing.models import Aspiration, FramingVersion, MomentAspiration, VersionState
from learningspaces.lib.dates import season_of
from learningspaces.lib.periods import period_days
from spacefile.fetch import fetch
from spacefile.reading import read
from spacefile.store import store
from spacefile.writing import write_yaml
from spaces import tasks as mails
from spaces.idempotency import KEY_FIELD, new_idempotency_key
from spaces.models import (
    IdempotencyKey,
    Mail,
    MailRhythm,
    Membership,
    Notice,
    NoticeKind,
    Person,
    RoleAssignment,
    Space,
    SpaceLink,
)
from spaces.permissions import Role
from tests.evaluation.reports import samples
from valuecreation.actions import tell_story
from valuecreation.cycles import Audience, Cycle, Location
from valuecreation.loops import keeping
from valuecreation.models import (
    Attribution,
    Consent,
    Flow,
    FollowUp,
    LoopsDue,
    Moment,
    Story,
    StoryState,
    StoryStep,
    Tally,
    Uptake,
)
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.summaries import tallies

__all__ = [
    "ONCE",
    "PSEUDONYM_KEY",
    "SEARCHED",
    "Aspiration",
    "Attribution",
    "Consent",
    "Cycle",
    "Flow",
    "FollowUp",
    "FramingVersion",
    "IdempotencyKey",
    "Indicator",
    "Location",
    "LoopsDue",
    "Mail",
    "Membership",
    "Moment",
    "MomentAspiration",
    "MomentIndicator",
    "Notice",
    "Observation",
    "Person",
    "Role",
    "RoleAssignment",
    "Space",
    "SpaceLink",
    "Story",
    "StoryState",
    "StoryStep",
    "Tally",
    "Uptake",
    "VersionState",
    "address_of",
    "concern",
    "csvzip",
    "exported",
    "freeze",
    "imported",
    "loaded_as_in_a_worker",
    "midday",
    "new_idempotency_key",
    "our_models",
    "pdf",
    "period_days",
    "samples",
    "send_what_waits",
    "tell_story",
    "work_out",
    "wrong_totals",
]

ONCE = KEY_FIELD  # the field of a form that says which sending this is
SEARCHED = "lantern"  # a word in one story of a hundred

# The pages measured, each by the name of its address and what follows it.
ADDRESSES = {
    "bare": ("bare", ""),
    "story_list": ("valuecreation:story_list", ""),
    "story_page": ("valuecreation:story", ""),
    "overview": ("space_overview", ""),
    "flows": ("valuecreation:flows", ""),
    "matrix": ("evaluation:matrix", ""),
    "tell_form": ("valuecreation:tell_story", ""),
    "follow_up": ("valuecreation:to_follow_up", ""),
    "lanes": ("valuecreation:lanes", "?season={season}"),
    "search": ("valuecreation:story_list", f"?words={SEARCHED}"),
    "api_moments": ("api:moments", ""),
    "api_readings": ("api:readings", ""),
    "home": ("home", ""),
    "tell_story": ("valuecreation:tell_story", ""),
    "and_then": ("valuecreation:and_then", ""),
}
OF_A_STORY = ("story_page", "and_then")
OF_NO_SPACE = ("follow_up", "home")


def our_models() -> list:
    """All tables with numbered rows, those between two others, too."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if isinstance(model._meta.pk, AutoField)]


def midday(day: dt.date) -> dt.datetime:
    """Noon of a day, as times are stored."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def address_of(page: str, space: Space, story_ref: str = "") -> str:
    """Where a page of a space is, or of one of its stories."""
    name, rest = ADDRESSES[page]
    place = [space.slug]
    if page in OF_A_STORY:
        place.append(Story.objects.in_space(space).get(ref=story_ref).public_id)
    season = season_of(space.today - dt.timedelta(days=60))
    return reverse(name, args=[] if page in OF_NO_SPACE else place) + rest.format(season=season)


def work_out(space: Space) -> None:
    """Write everything that is derived from the rows of a space."""
    Story.objects.in_space(space).list_anew()
    tallies.recount(space)
    keeping.read_due(space)


def concern(person: Person, space: Space, *, number: int, address: str) -> None:
    """Something to be mailed at once to a person without quiet hours."""
    MailRhythm.objects.create(person=person, quiet_from=dt.time(0), quiet_until=dt.time(0))
    about = {"space": space, "number": number, "address": address}
    Notice.objects.put([person], NoticeKind.STORY, **about)


def loaded_as_in_a_worker() -> None:
    """Load what a worker has loaded long before, addresses and templates, for all its children."""
    get_resolver().url_patterns  # noqa: B018  reads every page's module
    for name in ("letter.htm", "letter.txt"):
        get_template(f"spaces/mail/{name}").render({"parts": []})


def send_what_waits() -> None:
    """A worker's round: it writes the mails that are due and sends those that wait."""
    mails.mail_notices()
    mails.send_waiting_mails()


def wrong_totals(space: Space) -> dict:
    """What a recount finds wrong with the summaries of a space."""
    return tallies.check(space.pk)


def freeze(space: Space, *, by: Membership) -> dict:
    """What a release of all the years of a space comes to; nothing of it is stored."""
    terms = {"audience": Audience.ORGANISATION, "purpose": Purpose.REPORT, "as_of": space.today}
    days = {"period_start": space.founded_on, "period_end": space.today}
    return work.freeze(Release(space=space, number=1, label="1", frozen_by=by, **terms, **days))


def exported(space: Space) -> bytes:
    """A space as a file, at an address of its own."""
    return write_yaml(fetch(space)).replace(space.slug.encode(), f"{space.slug}-again".encode())


def imported(text: bytes) -> tuple[Space | None, list[str]]:
    """The space founded from a file, or everything that is wrong with the file."""
    document, faults = read(text)
    return (None, [fault.sentence for fault in faults]) if faults else (store(document), [])
