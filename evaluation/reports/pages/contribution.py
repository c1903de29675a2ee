"""What came back to the space, and what the space thinks it contributed to."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.presentation.records import (
    PresentedClaim,
    ReleaseContents,
    ReleasedLoop,
    WaitingCounts,
)
from evaluation.reports import words
from evaluation.reports.pages.stories import moment_line

LOOPS = 16  # returns in print, of each kind
CLAIMS = 40


def loops(release: ReleaseContents) -> dict:
    """Returns that somebody took up, those that nobody has yet, and what is still to be heard."""
    closed = [loop for loop in release.loops if loop.status == "closed"]
    waiting = [loop for loop in release.loops if loop.status == "open"]
    return {
        "heading": _("What came back"),
        "lead": _(
            "A learning loop is something tried outside, brought back, and taken up by somebody "
            "else. What went wrong and is talked about closes a loop as well as success."
        ),
        "back": _("brought back"),
        "closed_heading": _("Taken up"),
        "closed": [_loop(release, loop) for loop in closed[:LOOPS]],
        "no_closed": _("No loop has closed yet."),
        "open_heading": _("Told, and not taken up yet"),
        "open": [_loop(release, loop) for loop in waiting[:LOOPS]],
        "more": _more(len(closed) + len(waiting) - len(closed[:LOOPS]) - len(waiting[:LOOPS])),
        "waiting_heading": _("Waiting to hear"),
        "waiting": _waiting(release.waiting),
    }


def _more(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s more return is in the data files.",
        "%(count)s more returns are in the data files.",
        count,
    ) % {"count": words.number(count)}


def _loop(release: ReleaseContents, loop: ReleasedLoop) -> dict:
    source = release.moment_by_ref.get(loop.source)
    target = release.moment_by_ref.get(loop.target)
    return {
        "source": moment_line(source, 260) if source else None,
        "target": moment_line(target, 260) if target else None,
        "notes": _loop_notes(loop),
    }


def _loop_notes(loop: ReleasedLoop) -> str:
    said = [
        (loop.brings_back_harm, _("brings back something that made things worse")),
        (loop.root == "practice_born", _("began in practice")),
        (loop.root == "rooted", _("began in the space")),
        (loop.through_other_space, _("by way of another space")),
        (loop.spiral, _("led on to another return")),
        (loop.reaches_reframing, _("changed the frame")),
    ]
    return ", ".join(text for true, text in said if true)


def _waiting(waiting: WaitingCounts) -> list[str]:
    said = []
    if waiting.quiet:
        text = ngettext(
            "Of %(count)s moment nobody has told what came of it.",
            "Of %(count)s moments nobody has told what came of them.",
            waiting.quiet,
        )
        said.append(text % {"count": words.number(waiting.quiet)})
    if waiting.stalled:
        text = ngettext(
            "%(count)s idea is stalled, as somebody who asked was told.",
            "%(count)s ideas are stalled, as somebody who asked was told.",
            waiting.stalled,
        )
        said.append(text % {"count": words.number(waiting.stalled)})
    if waiting.hopes_past_their_day:
        text = ngettext(
            "The day of %(count)s hope has passed.",
            "The day of %(count)s hopes has passed.",
            waiting.hopes_past_their_day,
        )
        said.append(text % {"count": words.number(waiting.hopes_past_their_day)})
    return said


def claims(release: ReleaseContents) -> dict:
    """Each claim with what it rests on and what else could explain it."""
    return {
        "heading": _("What we think we contributed to"),
        "lead": _(
            "Contributed to, never caused. Plausible is not proven: beside each claim stands what "
            "else could explain it, and what a strong claim would still need."
        ),
        "claims": [_claim(release, claim) for claim in release.claims[:CLAIMS]],
        "none": _("No claim has been agreed yet."),
    }


def _claim(release: ReleaseContents, claim: PresentedClaim) -> dict:
    aspiration = release.aspiration_by_key.get(claim.aspiration)
    return {
        "cycle": claim.cycle,
        "label": words.said(words.CYCLE_LABELS, claim.cycle) if claim.cycle else "",
        "statement": words.breakable(words.shorten(claim.statement, 800)),
        "confidence": words.said(words.CONFIDENCE, claim.confidence),
        "hope": words.breakable(words.shorten(aspiration.text, 240)) if aspiration else "",
        "facts": [
            {"label": label, "text": words.breakable(words.shorten(text, 900))}
            for label, text in (
                (_("It rests on"), _rests_on(release, claim)),
                (_("What else could explain it"), claim.other_influences),
                (_("What speaks against it"), claim.counter_evidence),
                (_("What a strong claim would still need"), " ".join(claim.missing)),
                (_("Agreed"), claim.agreed_in),
            )
            if text
        ],
    }


def _rests_on(release: ReleaseContents, claim: PresentedClaim) -> str:
    stories = [release.story_by_ref.get(ref) for ref in claim.stories]
    known = [story for story in stories if story]
    named = [
        _("“%(text)s”") % {"text": story.title} for story in known if story.title and story.quotable
    ]
    signs = [release.indicator_by_ref.get(ref) for ref in claim.indicators]
    parts = [sign.name for sign in signs if sign] + named
    if len(known) > len(named):
        parts.append(words.stories(len(known) - len(named)))
    return "; ".join(parts)
