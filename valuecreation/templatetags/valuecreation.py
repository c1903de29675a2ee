from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def trail(marks):
    """The cycles a story goes through, hoped ones dashed; the same ways are written once."""
    return _written(tuple(marks), get_language())


@lru_cache(maxsize=4096)
def _written(marks, _language):
    return render_to_string("valuecreation/_trail.html", {"trail": marks})
