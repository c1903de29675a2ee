"""Whether the draft that an event ended in is as the event left it."""

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


def untouched_draft(event: FramingEvent) -> FramingVersion | None:
    """The draft an event ended in, if it is still a draft and nobody has worked on it since."""
    draft = event.version
    if not event.is_done or draft is None or draft.is_agreed or not event.handed_over:
        return None
    return draft if draft_as_it_stands(draft) == event.handed_over["draft"] else None
