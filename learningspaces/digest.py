"""The weekly summary: what waits for a person and what came to their spaces, without any story.

It is written once a week and person: a row is claimed in the transaction that writes the mail. What
a mail or a summary has told of is not told again.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framing.models import FramingEvent, InvitationAnswer
from framing.presentation import present_event
from spaces import letters, mailing, stopping
from spaces.letters import Letter, LetterPart, MailLink
from spaces.models import Digest, Mail, MailRhythm, MailWay, Notice, NoticeGroup, Person, Space
from spaces.models.mail_preference import DigestRhythm
from spaces.presentation.notices import present_notice
from spaces.presentation.viewer import Viewer
from valuecreation.news import SpaceNews, news_of

MOST = 3  # things for one person in one space
LATE = dt.timedelta(days=2)  # after that it waits for the next week
LONGEST = dt.timedelta(days=31)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class SpaceDigest:
    """What one space has for a person."""

    space: Space
    notices: list[Notice]
    event: LetterPart | None
    event_heading: str
    news: SpaceNews

    def __bool__(self):
        return bool(self.notices or self.event or self.news.stories)


def send_to(person_id: int, now: dt.datetime | None = None) -> Mail | None:
    """Write the summary of one person if it is due, there is something to tell, and none was yet.

    In their quiet hours it waits.
    """
    now = now or timezone.now()
    person = Person.objects.get(pk=person_id)
    rhythm = MailRhythm.objects.of(person)
    rhythm.person = person
    upto = rhythm.digest_of(now)
    if rhythm.digest == DigestRhythm.NEVER or now >= upto + LATE or rhythm.quiet_ends(now):
        return None
    with translation.override(person.language):
        found = list(spaces_of(person, since=since(person, rhythm, upto), upto=upto))
        with transaction.atomic():
            return write(person, rhythm, upto, found)


def since(person: Person, rhythm: MailRhythm, upto: dt.datetime) -> dt.datetime:
    """From when on a summary tells: from the end of the one before."""
    last = Digest.objects.last_of(person)
    usual = LONGEST if rhythm.digest == DigestRhythm.MONTHLY else WEEK
    return max(last.upto, upto - LONGEST) if last else upto - usual


def write(
    person: Person, rhythm: MailRhythm, upto: dt.datetime, found: list[SpaceDigest]
) -> Mail | None:
    """Claim the person's summary and put it into the outbox; a week without news has no mail."""
    digest = Digest.objects.claim(person, upto)
    if digest is None or not found:
        return None
    told = [notice.pk for one in found for notice in one.notices]
    if Notice.objects.among(told).claim_all() != len(told):  # a mail told of one meanwhile
        transaction.set_rollback(True)
        return None
    mail = letter(person, rhythm, upto, found).post()
    digest.carried_by(mail)
    Notice.objects.among(told).carried_by(mail)
    return mail


def spaces_of(person: Person, *, since: dt.datetime, upto: dt.datetime) -> Iterator[SpaceDigest]:
    """What each of a person's spaces that are at work has for them."""
    spaces = list(Space.objects.for_user(person).at_work().order_by("name", "pk"))
    wishes = mailing.wishes_in(person, spaces)
    for space in spaces:
        viewer, mine = Viewer(space, person), wishes[space.pk]
        told = mine.way_of(NoticeGroup.NEWS) != MailWay.OFF
        heading, event = gathering(viewer, upto) if told else ("", None)
        found = SpaceDigest(
            space=space,
            notices=list(for_person(space, person, mine, upto)),
            event=event,
            event_heading=heading,
            news=news_of(viewer, since.date(), upto.date()) if told else SpaceNews(0, 0),
        )
        if found:
            yield found


def for_person(
    space: Space, person: Person, wishes: mailing.MailWishes, at: dt.datetime
) -> list[Notice]:
    """What waits for a person in a space and no mail has told of, as far as they want it."""
    rows = Notice.objects.for_user(person).in_space(space).open(person.today).not_mailed()
    wanted = [row for row in rows.asking_first() if wishes.in_digest(row.kind, at)]
    for row in wanted:
        row.space = space
    return wanted[:MOST]


def gathering(viewer: Viewer, upto: dt.datetime) -> tuple[str, LetterPart | None]:
    """The next gathering, if it is within the week and the person has not said that they come."""
    events = FramingEvent.objects.for_user(viewer.person).in_space(viewer.space).with_people()
    event = events.coming().first()
    if event is None or not upto <= event.starts_at < upto + WEEK:
        return "", None
    answers = InvitationAnswer.objects.to_event(event)
    if answers.by_person(viewer.person).exists():
        return "", None
    shown, coming = present_event(viewer, event), answers.coming().count()
    at = timezone.localtime(event.starts_at, MailRhythm(person=viewer.person).here(upto).tzinfo)
    said = ngettext(
        "%(title)s. %(n)s person is coming; you have not said yet.",
        "%(title)s. %(n)s are coming; you have not said yet.",
        coming,
    ) % {"title": shown.title, "n": coming}
    href = full(reverse("framing:event", args=[viewer.space.slug, shown.pk]))
    link = MailLink(_("Say whether you come"), href)
    return date_format(at, "l j F, H:i"), letters.words(said, link)


def letter(
    person: Person, rhythm: MailRhythm, upto: dt.datetime, found: list[SpaceDigest]
) -> Letter:
    """The mail itself; with one space its name is above, with several each stands over its part."""
    one = found[0].space.name if len(found) == 1 else ""
    first = upto - (LONGEST if rhythm.digest == DigestRhythm.MONTHLY else WEEK)
    days = days_words(first.date(), upto.date() - dt.timedelta(days=1))
    return Letter(
        to=person,
        subject=_("%(what)s, %(days)s") % {"what": one or _("Your spaces"), "days": days},
        from_name=one,
        stops=stopping.SUMMARY,
        parts=[letters.words(opening(person, rhythm)), *body(found), *ending(person, rhythm)],
    )


def opening(person: Person, rhythm: MailRhythm) -> str:
    """“Callum, this was the week.”"""
    monthly = rhythm.digest == DigestRhythm.MONTHLY
    if not person.name:
        return _("This was the month.") if monthly else _("This was the week.")
    said = _("%(name)s, this was the month.") if monthly else _("%(name)s, this was the week.")
    return said % {"name": person.name.split()[0]}


def body(found: list[SpaceDigest]) -> Iterator[LetterPart]:
    """What waits for the person, then gatherings, then what came, space by space."""
    alone = len(found) == 1
    for one in found:
        name = one.space.name
        if one.notices:
            here = _("For you, in %(space)s") % {"space": name}
            yield letters.heading(_("For you") if alone else here)
        for notice in one.notices:
            yield from for_you(notice, first=notice is one.notices[0] and one is found[0])
        if one.event:
            yield letters.heading(one.event_heading)
            yield one.event
        if one.news.stories:
            yield letters.heading(_("In %(space)s") % {"space": name})
            href = reverse("valuecreation:story_list", args=[one.space.slug])
            yield letters.words(news_words(one.news), MailLink(_("Read them"), full(href)))


def for_you(notice: Notice, *, first: bool) -> Iterator[LetterPart]:
    """What waits for the person, the first with a button: one thing to do is enough for a mail."""
    said = present_notice(notice)
    if first:
        yield letters.words(said.sentence)
        yield letters.button(said.answer, full(said.href))
    else:
        yield letters.words(said.sentence, MailLink(said.answer, full(said.href)))


def news_words(news: SpaceNews) -> str:
    """How many stories were told and how much came back, in a sentence or two."""
    told = ngettext("One story was told.", "%(n)s stories were told.", news.stories)
    back = ngettext(
        "One thing came back from practice.",
        "%(n)s things came back from practice.",
        news.returns,
    )
    said = [told % {"n": news.stories}] + [back % {"n": news.returns}] * bool(news.returns)
    return " ".join(said)


def ending(person: Person, rhythm: MailRhythm) -> Iterator[LetterPart]:
    """When this mail comes, and how to have it otherwise by one click."""
    weekly = rhythm.digest == DigestRhythm.WEEKLY
    if weekly:
        said = _("This mail comes once a week, and only after a week in which something happened.")
    else:
        said = _("This mail comes once a month, and only if something happened in it.")
    links = [
        MailLink(_("Monthly"), stopping.stop_address(person, stopping.MONTHLY)),
        MailLink(_("only questions to me"), stopping.stop_address(person, stopping.ONLY_QUESTIONS)),
        MailLink(_("no mail"), stopping.stop_address(person, stopping.NOTHING)),
    ]
    at = MailLink("", full(reverse("spaces:mail")))
    plain = _("Monthly, only questions to me, or no mail:")
    yield letters.rule()
    yield LetterPart("small", said, tuple(links if weekly else links[1:]), f"{said} {plain}", at)


def days_words(first: dt.date, last: dt.date) -> str:
    """“25 to 31 May”."""
    begin = date_format(first, "j" if first.month == last.month else "j F")
    return _("%(first)s to %(last)s") % {"first": begin, "last": date_format(last, "j F")}


def full(path: str) -> str:
    """The full address of a page, for a mail."""
    return urljoin(settings.SITE_URL, path)
