"""The cover, the page for somebody with one minute, and the frame."""

from django.utils.translation import gettext as _

from evaluation.presentation.records import (
    PresentedClaim,
    PresentedStory,
    ReleaseContents,
    ReleasedAspiration,
)
from evaluation.reports import pictures, words
from evaluation.reports.pages.effect import figure
from evaluation.reports.pages.stories import moment_line, opening

STATEMENT = 320  # characters of the difference statement on the cover
ONE_PAGE = 700  # characters of what did not go well, and of what is asked, on the one page
THREAD = 7  # steps of the one story
MOST = 60  # rows of any list


def cover(release: ReleaseContents) -> dict:
    """Space, difference, picture, framing, consent and number."""
    return {
        "eyebrow": [words.said(words.AUDIENCES, release.audience), words.period(release.period)],
        "space": words.shorten(release.space, 140),
        "title": words.shorten(release.title, 200),
        "statement": quoted(words.shorten(release.difference, STATEMENT)),
        "alt": _("Flow picture. %(sentence)s") % {"sentence": pictures.flow_sentence(release)},
        "small": " ".join(
            [
                *_framing_line(release),
                consent_line(release),
                number_line(release),
                *reading_line(release),
            ]
        ),
        "fingerprint": _("Fingerprint %(hash)s") % {"hash": release.sha256[:16]},
    }


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return _("“%(text)s”") % {"text": text} if text else ""


def _framing_line(release: ReleaseContents) -> list[str]:
    frame = release.frame
    if frame is None:
        return []
    said = _("Framing version %(number)s, agreed %(day)s.")
    return [said % {"number": frame.number, "day": words.day(frame.agreed_on)}]


def consent_line(release: ReleaseContents) -> str:
    """How many stories this is, and by whose leave."""
    counts = release.counts
    audience = words.said(words.TOLD_TO, release.audience)
    if not counts.stories:
        return _("No story may be told to %(audience)s yet.") % {"audience": audience}
    if counts.stories_in_space is None:
        many = words.stories(counts.stories)
    else:
        many = _("%(shown)s of %(all)s") % {
            "shown": words.number(counts.stories),
            "all": words.stories(counts.stories_in_space),
        }
    said = _("%(stories)s: what their tellers agreed may be told to %(audience)s.")
    return said % {"stories": many, "audience": audience}


def number_line(release: ReleaseContents) -> str:
    """The number of the dataset and the day it was issued."""
    said = _("Dataset %(number)s, issued %(day)s.")
    number = words.shorten(release.number, 60)
    return said % {"number": number, "day": words.day(release.issued_on)}


def reading_line(release: ReleaseContents) -> list[str]:
    """Whether somebody other than who froze it has looked for names; inside names may stand."""
    if release.audience == "space":
        return []
    said = {
        "none": _("Nobody but who froze it has read it for names."),
        "read": _("A second reader has read it for names."),
        "earlier": _("A second reader has read it for names; some of its words came later."),
    }
    return [said[release.second_reading]]


def one_page(release: ReleaseContents) -> dict:
    """What did not go well, what moved, one story, what is asked."""
    one = release.one_page
    return {
        "heading": _("On one page"),
        "bad_label": _("What did not go well, first."),
        "bad": _joined(one.did_not_go_well)
        or _(
            "Nobody has told of anything that did not go well. "
            "That is a reason to ask, and no result."
        ),
        "moved_heading": _("What moved"),
        "moved": [figure(release.indicator_by_ref[ref], release) for ref in _moved(release)],
        "not_moved": _("No indicator has been observed yet."),
        "contributed": _contributed(release),
        "asks_heading": _("What is asked of you"),
        "asks": _joined(one.asks) or _("Nothing is asked of you this time."),
    }


def _joined(sentences: tuple[str, ...]) -> str:
    return words.breakable(words.shorten(" ".join(sentences), ONE_PAGE))


def _moved(release: ReleaseContents) -> list[str]:
    known = release.indicator_by_ref
    chosen = [ref for ref in release.one_page.moved if ref in known]
    observed = [ref for ref, one in known.items() if any(not r.missing for r in one.series)]
    return (chosen or observed)[:2]


def _contributed(release: ReleaseContents) -> dict:
    story = told(release)
    said = _("How %(space)s contributed") % {"space": words.shorten(release.space, 60)}
    claim = _claim_about(release, story)
    return {
        "heading": said,
        "sentence": words.shorten(release.one_page.contributed, 400),
        "story": _thread(release, story) if story else None,
        "no_story": _("No teller has agreed to be quoted here."),
        "claim": claim_line(claim) if claim else "",
    }


def told(release: ReleaseContents) -> PresentedStory | None:
    """The story of the one page: the one that was chosen, else the longest that may be quoted."""
    chosen = release.story_by_ref.get(release.one_page.story)
    if chosen and chosen.quotable and opening(release, chosen):
        return chosen
    able = [story for story in release.stories if story.quotable and opening(release, story)]
    return max(able, key=lambda story: len(story.steps), default=None)


def _thread(release: ReleaseContents, story: PresentedStory) -> dict:
    first = opening(release, story)
    moments = [release.moment_by_ref[ref] for ref in story.steps if ref in release.moment_by_ref]
    rest = [moment for moment in moments if moment is not first and not moment.hoped]
    return {
        "quote": quoted(
            words.breakable(words.shorten(first.text if first and first.text else "", 260))
        ),
        "by": words.shorten(story.teller.label, 100),
        "steps": [moment_line(moment, 92) for moment in rest[:THREAD]],
    }


def _claim_about(release: ReleaseContents, story: PresentedStory | None) -> PresentedClaim | None:
    about = [claim for claim in release.claims if story and story.ref in claim.stories]
    return next(iter(about or release.claims), None)


def claim_line(claim: PresentedClaim) -> dict:
    """How sure the space is of a claim, and the first thing a strong one would need."""
    confidence = words.said(words.CONFIDENCE, claim.confidence)
    missing = words.shorten(claim.missing[0], 160) if claim.missing else ""
    if claim.confidence == "strong":
        return {"label": _("Claim"), "confidence": confidence, "rest": ""}
    rest = _("not yet strong.")
    if missing:
        rest = _("not yet strong. Still missing: “%(need)s”") % {"need": missing}
    return {"label": _("Claim"), "confidence": confidence, "rest": rest}


def frame(release: ReleaseContents) -> dict | None:
    """The difference, the doubts and the hopes by cycle, the sponsor's beside the others'."""
    frame = release.frame
    if frame is None:
        return None
    rows = [row for cycle in words.CYCLE_LABELS if (row := _hopes(release, cycle))]
    return {
        "heading": _("The frame"),
        "difference": quoted(words.breakable(frame.difference)),
        "line": " ".join(_framing_line(release)),
        "reason": words.breakable(frame.reason),
        "reason_label": _("Why it was framed anew:"),
        "doubts_heading": _("What we are unsure of"),
        "doubts": [
            {
                "text": words.breakable(words.shorten(one.text, 600)),
                "state": words.said(words.UNCERTAINTY, one.state),
            }
            for one in frame.uncertainties[:MOST]
        ],
        "hopes_heading": _("What we hope for"),
        "columns": [_("Cycle"), _("The group and those it is about"), _("The sponsor")],
        "hopes": rows,
        "with_sponsor": any(row["sponsor"] for row in rows),
        "assumed_heading": _("What we took for granted"),
        "assumed": [
            {
                "text": words.breakable(words.shorten(one.text, 400)),
                "state": words.said(words.ASSUMPTIONS, one.state),
            }
            for one in frame.assumptions[:MOST]
        ],
    }


def _hopes(release: ReleaseContents, cycle: str) -> dict | None:
    aspirations = [
        aspiration for aspiration in release.aspiration_by_key.values() if aspiration.cycle == cycle
    ]
    if not aspirations:
        return None
    return {
        "cycle": cycle,
        "label": words.said(words.CYCLE_LABELS, cycle),
        "ours": [_hope(aspiration) for aspiration in aspirations if aspiration.whose != "sponsor"][
            :MOST
        ],
        "sponsor": [
            _hope(aspiration) for aspiration in aspirations if aspiration.whose == "sponsor"
        ][:MOST],
    }


def _hope(aspiration: ReleasedAspiration) -> dict:
    whose = (
        ""
        if aspiration.whose in ("sponsor", "group")
        else words.said(words.WHOSE, aspiration.whose)
    )
    return {"text": words.breakable(words.shorten(aspiration.text, 400)), "whose": whose}
