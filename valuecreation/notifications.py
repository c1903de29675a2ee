"""Mails about stories, as they go into the outbox. They never carry a word of one."""

from spaces.models import Mail, Person
from spaces.notifications import address, write
from spaces.presentation.viewer import Viewer
from valuecreation.fetching import signed
from valuecreation.models import DeletionRequest, FollowUp, HandOver, Story


def write_to(person: Person, template: str, context: dict) -> Mail:
    """One mail to a person, in their language, with the way to what waits for them."""
    context |= {"link": address("valuecreation:to_follow_up")}
    name = f"valuecreation/mail/{template}.txt"
    return write(name, to=person.email, language=person.language, context=context)


def question_asked(follow_up: FollowUp) -> Mail | None:
    """Tells somebody that a question waits for them; what it is about stands on the page only."""
    person = follow_up.asked_of.person
    if person is None:
        return None
    space = follow_up.moment.space
    known = {"space": space, "who": Viewer(space, person).member(follow_up.asked_by).label}
    return write_to(person, "follow_up", known)


def story_written_down(story: Story) -> Mail | None:
    """Tells a teller that somebody has written down a story of theirs."""
    person = story.teller.person
    if person is None:
        return None
    who = Viewer(story.space, person).member(story.collector).label
    known = {"space": story.space, "who": who}
    return write_to(person, "story_waiting", known)


def story_offered(offer: HandOver) -> Mail | None:
    """Tells somebody that they are asked to look after a story; whose, stands on the page only."""
    person = offer.to.person
    if person is None:
        return None
    return write_to(person, "story_offered", {"space": offer.story.space})


def asked_to_delete(request: DeletionRequest) -> Mail:
    """Asks somebody who fetched a story to delete it, since its teller withdrew it."""
    person = request.person
    link = address("valuecreation:deletion_done", signed(request))
    known = {"space": request.story.space, "link": link}
    name = "valuecreation/mail/delete_story.txt"
    return write(name, to=person.email, language=person.language, context=known)
