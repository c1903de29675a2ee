from django import template

from learningspaces.lib.text import in_words
from spaces.idempotency import KEY_FIELD, new_idempotency_key
from spaces.permissions import Action, may
from spaces.presentation.days import text_words

register = template.Library()
register.filter("day_words", text_words)  # {{ "2025-Q1"|day_words }}: January–March 2025


@register.simple_tag(takes_context=True, name="may")
def may_tag(context, action, space):
    """Whether the signed-in person may do something: {% may "tell_story" space as can_tell %}."""
    return may(context["request"].user, Action(action), space)


@register.filter(name="in_words")
def in_words_filter(names):
    """Several names as a sentence lists them: {{ people|in_words }}."""
    return in_words(names)


@register.inclusion_tag("_once.html", takes_context=True)
def once(context):
    """Hidden fields of a form that creates: its key, and whose form it is."""
    request = context["request"]
    key = request.POST.get(KEY_FIELD) or new_idempotency_key()
    return {"name": KEY_FIELD, "key": key, "person": request.user}


@register.inclusion_tag("_whose.html", takes_context=True)
def whose(context):
    """A hidden field that says whose form it is, so that words kept are shown to nobody else."""
    return {"person": context["request"].user}
