"""Mails about stories, as they go into the outbox. They never carry a word of one."""

from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from spaces.models import Mail, Person
from spaces.notifications import address, write
from spaces.presentation.viewer import Viewer
from valuecreation.answer_links import signed_question
from valuecreation.fetching import signed
from valuecreation.models import DeletionRequest, FollowUp, Story
from valuecreation.presentation.answering import about_mailed, mailed_question


def write_to(person: Person, template: str, context: dict) -> Mail:
    """One mail to a person, in their language, with the way to what waits for them."""
    context |= {"link": address("valuecreation:to_follow_up")}
    name = f"valuecreation/mail/{template}.txt"
    return write(name, to=person.email, language=person.language, context=context)


def question_asked(follow_up: FollowUp) -> Mail:
    """Asks somebody what came of something; the words stand behind the link, which is theirs."""
    person = follow_up.asked_of.person
    assert person, "whoever is written to has an account"
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        mailed = mailed_question(follow_up)
        told = about_mailed(follow_up, mailed)
    context = {"asked": mailed, "name": mailed.person_first} | told
    context["link"] = address("valuecreation:answer", signed_question(follow_up))
    name = "valuecreation/mail/follow_up.txt"
    return write(name, to=person.email, language=person.language, context=context)


def story_written_down(story: Story) -> Mail | None:
    """Tells a teller that somebody has written down a story of theirs."""
    person = story.teller.person
    if person is None:
        return None
    who = Viewer(story.space, person).member(story.collector).label
    known = {"space": story.space, "who": who}
    return write_to(person, "story_waiting", known)


def asked_to_delete(request: DeletionRequest) -> Mail:
    """Asks somebody who fetched a story to delete it, since its teller withdrew it."""
    person = request.person
    link = address("valuecreation:deletion_done", signed(request))
    known = {"space": request.story.space, "link": link}
    name = "valuecreation/mail/delete_story.txt"
    return write(name, to=person.email, language=person.language, context=known)
