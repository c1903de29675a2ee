"""One hook of drf-spectacular: the refusals that every address can give."""

REFUSALS = {
    "400": "Something in the wish is wrong; each fault stands at its field.",
    "401": "Nobody is signed in, or the key cannot be used.",
    "403": "You may not do this here.",
    "404": "There is no such thing, or not for you.",
    "405": "This address does not take this method.",
    "406": "Only JSON is spoken here.",
    "415": "Only JSON is understood here.",
    "422": "This Idempotency-Key was used before, with other words.",
    "429": "Too many calls; wait a little.",
}
ERROR = {"type": "object", "additionalProperties": {}}


def with_refusals(result, generator, request, public):
    """Adds the refusals to every operation of the schema."""
    for methods in result["paths"].values():
        for operation in methods.values():
            for code, words in REFUSALS.items():
                operation["responses"].setdefault(
                    code,
                    {"description": words, "content": {"application/json": {"schema": ERROR}}},
                )
    return result
