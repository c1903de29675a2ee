"""Words of forms sent after a session had ended: they wait in the session for their writer."""

KEPT = "kept_forms"
MOST = 200_000  # characters of all that waits in one session
NOT_WORDS = "csrfmiddlewaretoken"


def keep(request) -> bool:
    """Keep a form for the person whose it says it is; False where it says nobody, or is too much.

    What another person left here stays, and is shown to nobody else.
    """
    words = [
        (name, value)
        for name, values in request.POST.lists()
        if name != NOT_WORDS
        for value in values
    ]
    whose = request.POST.get("whose", "")
    waiting = list(request.session.get(KEPT, ()))
    form = {"path": request.get_full_path(), "words": words, "whose": whose}
    if not whose or not words or sum(map(_size, [*waiting, form])) > MOST:
        return False
    request.session[KEPT] = [*waiting, form]
    return True


def _size(form: dict) -> int:
    return sum(len(value) for _name, value in form["words"])


def kept_for(request) -> list[dict]:
    """The forms that wait for whoever is signed in."""
    mine = str(request.user.pk)
    return [form for form in request.session.get(KEPT, ()) if form["whose"] == mine]


def let_go(request) -> None:
    """Nothing waits for whoever is signed in any more."""
    _leave(
        request, [form for form in request.session[KEPT] if form["whose"] != str(request.user.pk)]
    )


def arrived(request) -> None:
    """A form that waited was sent, and waits no more."""
    waiting = request.session.get(KEPT, ())
    sent = {value for name, values in request.POST.lists() for value in values}
    rest = [form for form in waiting if not _is_sent(form, request, sent)]
    if len(rest) < len(waiting):
        _leave(request, rest)


def _is_sent(form: dict, request, sent: set[str]) -> bool:
    mine = form["path"].partition("?")[0] == request.path
    return mine and all(value in sent for _name, value in form["words"])


def _leave(request, rest: list[dict]) -> None:
    if rest:
        request.session[KEPT] = rest
    else:
        del request.session[KEPT]
