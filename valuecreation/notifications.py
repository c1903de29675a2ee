"""Mails about stories, as they go into the outbox. They never carry a word of one."""

from spaces.models import Mail, Person
from spaces.notifications import address, write
from spaces.presentation.viewer import Viewer
from valuecreation import fetching, statements, wording_requests
from valuecreation.models import DeletionRequest, FollowUp, Statement, WordingRequest
from valuecreation.presentation.statements import asker_of


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


def story_written_down(request: WordingRequest) -> Mail | None:
    """Leads a teller to what somebody has written down for them; no word of it is in the mail."""
    story, person = request.story, request.story.teller.person
    if person is None:
        return None
    known = {
        "space": story.space,
        "who": Viewer(story.space, person).member(story.collector).label,
        "link": address("valuecreation:agree_to_wording", wording_requests.signed(request)),
        "until": request.open_until,
    }
    name = "valuecreation/mail/story_waiting.txt"
    return write(name, to=person.email, language=person.language, context=known)


def asked_to_delete(request: DeletionRequest) -> Mail:
    """Asks somebody who fetched a story to delete it, since its teller withdrew it."""
    person = request.person
    link = address("valuecreation:deletion_done", fetching.signed(request))
    known = {"space": request.story.space, "link": link}
    name = "valuecreation/mail/delete_story.txt"
    return write(name, to=person.email, language=person.language, context=known)


def asked_for_statement(asked: Statement) -> Mail:
    """Asks somebody who was there what they say to a story; no word of it is in the mail."""
    space, person = asked.story.space, asked.member.person if asked.member else None
    known = {
        "space": space,
        "who": asker_of(asked),
        "link": address("valuecreation:make_statement", statements.signed(asked)),
        "until": asked.open_until,
    }
    return write(
        "valuecreation/mail/statement.txt",
        to=person.email if person else asked.email,
        language=person.language if person else space.language,
        context=known,
    )
