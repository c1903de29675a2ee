"""What stood in the fields of a form that could not be carried out, to be shown once more."""

NOT_SHOWN = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")


def typed_words(request) -> list[tuple[str, str]]:
    """The fields of a sent form and what stood in them, without secrets."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SHOWN
        for value in values
    ]
