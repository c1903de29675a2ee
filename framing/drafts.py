"""Whether a draft is as it was: as an event left it, as somebody read it who answered."""

import hashlib
import json

from framing.models import Aspiration, FramingEvent, FramingVersion


def draft_as_it_stands(draft: FramingVersion) -> dict:
    """Which parts a draft has and how often each was changed; equal as long as nobody works on it.

    Written as JSON keeps it.
    """
    parts = {
        "uncertainties": draft.uncertainties,
        "aspirations": draft.aspirations_added,
        "assumptions": draft.assumptions,
        "risks": draft.risks,
        "signs": draft.signs,
    }
    return {
        "revision": draft.revision,
        **{
            name: [list(row) for row in rows.order_by("pk").values_list("pk", "revision")]
            for name, rows in parts.items()
        },
        "causes": list(draft.reframings.order_by("pk").values_list("pk", flat=True)),
        "dropped": list(
            Aspiration.objects.dropped_by(draft).order_by("pk").values_list("pk", flat=True)
        ),
    }


def wording_of(draft: FramingVersion) -> str:
    """A mark of a draft's words and parts: another one as soon as anything in it has changed."""
    stands = json.dumps(draft_as_it_stands(draft), sort_keys=True)
    return hashlib.sha256(stands.encode()).hexdigest()


def untouched_draft(event: FramingEvent) -> FramingVersion | None:
    """The draft an event ended in, if it is still a draft and nobody has worked on it since."""
    draft = event.version
    if not event.is_done or draft is None or draft.is_agreed or not event.handed_over:
        return None
    return draft if draft_as_it_stands(draft) == event.handed_over["draft"] else None
