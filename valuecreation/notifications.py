"""Mails about stories. They never carry a word of one."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from valuecreation.models import FollowUp, Story


def send(template: str, *, to, context: dict) -> None:
    """Send one plain-text mail to a person, in their language; its first line is the subject."""
    link = urljoin(settings.SITE_URL, reverse("valuecreation:to_follow_up"))
    with translation.override(to.language):
        text = render_to_string(f"valuecreation/mail/{template}.txt", context | {"link": link})
    subject, _, body = text.partition("\n")
    EmailMessage(subject.strip(), body.lstrip("\n"), to=[to.email]).send()


def send_follow_up(follow_up: FollowUp) -> None:
    """Tells somebody that a question waits for them; what it is about stands on the page only."""
    person = follow_up.asked_of.person
    if person:
        space = follow_up.moment.space
        send("follow_up", to=person, context={"space": space, "asked_by": follow_up.asked_by})


def send_story_waiting(story: Story) -> None:
    """Tells a teller that somebody has written down a story of theirs."""
    person = story.teller.person
    if person:
        send("story_waiting", to=person, context={"space": story.space, "by": story.collector})
