"""Choosing members of a space: a select where there are few, a name to look up where many are.

The name typed is looked up while it is written, where there is JavaScript, and else when the form
is sent; when it fits several members, they stand below it as choices.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.folding import folded
from learningspaces.lib.numbers import number_in
from spaces.models import Membership

FEW = 30  # members that a select may list
SHOWN = 20  # members that one look-up shows
LONGEST = 120  # letters of a name
BETWEEN_NAMES = re.compile(r"[,;\n]+")
NOT_HERE = _("This was not found among this space's. Choose one from the list.")


class Among(TextChoices):
    """Which members of a space may be chosen; the address of the look-up names it."""

    EVERYBODY = "everybody", _("everybody who is or was here")
    CURRENT = "current", _("who takes part now")
    INSIDE = "inside", _("members of the space itself")
    SPONSORS = "sponsors", _("sponsors")


def readable_members(person, space, among: str = Among.EVERYBODY):
    """The members of a space that a person may know, narrowed to those who can be chosen."""
    here = Membership.objects.for_user(person).in_space(space)
    if among == Among.SPONSORS:
        return here.sponsoring()
    if among == Among.INSIDE:
        return here.current().inside()
    return here.current() if among == Among.CURRENT else here


@dataclass(frozen=True)
class TypedName:
    """What came of a look-up: the keys that were chosen, and the words beside them."""

    keys: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self):
        return any(self.keys) or bool(self.words.strip())


class Offered:
    """The members who can be chosen on a form, by number or by another key."""

    def __init__(self, members, *, space, among=Among.EVERYBODY, key="pk"):
        self.members, self.space, self.among, self.key = members, space, among, key
        self.first = list(members.by_name()[: FEW + 1])

    @property
    def are_few(self) -> bool:
        return len(self.first) <= FEW

    def key_of(self, member: Membership) -> str:
        return str(getattr(member, self.key))

    def with_keys(self, keys: Iterable[str]) -> list[Membership]:
        """The members offered that have one of the keys."""
        if self.are_few:
            wanted = set(keys)
            return [member for member in self.first if self.key_of(member) in wanted]
        if self.key == "ref":
            return list(self.members.with_refs(map(printable, keys)).by_name())
        numbers = [number for key in keys if (number := number_in(key))]
        return list(self.members.among(numbers).by_name()) if numbers else []

    def named(self, words: str, most: int = SHOWN) -> list[Membership]:
        """The first members offered whose names hold all the words."""
        return list(self.members.named_like(words).by_name()[:most]) if words else []

    def bearer(self, words: str, chosen: list[Membership]) -> Membership:
        """The one member the words mean; where several may be meant, one of those chosen."""
        found = self.named(words, SHOWN + 1)
        exact = [member for member in found if folded(member.name) == folded(words)]
        if chosen:
            keys = [member.pk for member in chosen]
            for member in self.members.named_like(words).among(keys):
                return member
        if len(exact) == 1 or len(found) == 1:
            return (exact if len(exact) == 1 else found)[0]
        said = UNKNOWN if not found else SEVERAL
        raise ValidationError(said, code="invalid_choice", params={"name": words[:60]})


def one_line(words: str) -> str:
    """The words of a name, as they are looked up."""
    return " ".join(printable(words).split())[:LONGEST]


def printable(text: str) -> str:
    """Words without what no name holds and no database takes."""
    return "".join(char if char.isprintable() else " " for char in text)


UNKNOWN = _("Nobody to choose from here is called “%(name)s”. Write another part of the name.")
SEVERAL = _("“%(name)s” may mean several people. Choose below whom you mean.")


class MemberLookup(forms.Widget):
    """Answers to choose from, a field for a name, and the members found under it."""

    use_fieldset = True
    several = False
    offered: Offered
    answers: list

    def value_from_datadict(self, data, files, name):
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return TypedName(tuple(filter(None, given)), data.get(f"{name}-words") or "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-words" not in data

    def id_for_label(self, id_, index="0"):
        return f"{id_}_{index}" if id_ else ""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("spaces/_member_lookup.html", self.context(name, value, attrs))

    def context(self, name, value, attrs) -> dict:
        given = self.build_attrs(self.attrs, attrs)
        typed = value if isinstance(value, TypedName) else TypedName(tuple(self.keys_in(value)))
        context = found_members(self.offered, typed, name=name, several=self.several)
        context["form_id"] = given.get("form", "")
        question = {"field": name, "among": self.offered.among, "key": self.offered.key}
        question |= {"form": context["form_id"], "several": "yes" if self.several else ""}
        return context | {
            "id": given.get("id", f"id_{name}"),
            "words": typed.words,
            "answers": [(code, label, code in typed.keys) for code, label in self.answers],
            "faulty": given.get("aria-invalid"),
            "described_by": given.get("aria-describedby", ""),
            "find": reverse("spaces:find_members", args=[self.offered.space.slug])
            + f"?{urlencode(question)}",
        }

    def keys_in(self, value) -> list[str]:
        """The keys a form begins with: of members, of rows, or words of another answer."""
        values = value if isinstance(value, list | tuple) or hasattr(value, "all") else [value]
        return [
            self.offered.key_of(each)
            if isinstance(each, Membership)
            else ("" if each is None else str(each))
            for each in values
        ]


class MembersLookup(MemberLookup):
    """The same for any number of members."""

    several = True


def found_members(offered: Offered, typed: TypedName, *, name: str, several: bool) -> dict:
    """The members chosen so far and those whose names fit, for the list below a look-up."""
    chosen = offered.with_keys(key for key in typed.keys if key)
    parts = [part for part in BETWEEN_NAMES.split(typed.words) if part.strip()]
    words = one_line(parts[-1] if several and parts else typed.words)
    found = offered.named(words, SHOWN + 1)
    kept = [member.pk for member in chosen]
    options = [(offered.key_of(member), member, True) for member in chosen]
    options += [
        (offered.key_of(member), member, False) for member in found[:SHOWN] if member.pk not in kept
    ]
    return {
        "name": name,
        "options": options,
        "kind": "checkbox" if several else "radio",
        "looked_up": bool(words),
        "number": min(len(found), SHOWN),
        "more": len(found) > SHOWN,
    }


class MemberField(forms.Field):
    """One member of a space, or one of the other answers offered.

    It gives back the member, the code of another answer, or None.
    """

    default_error_messages = {"invalid_choice": NOT_HERE}
    lookup: type[MemberLookup] = MemberLookup

    def __init__(self, *, empty_label=None, select=forms.Select, form="", **kwargs):
        attrs = {"form": form} if form else {}
        super().__init__(widget=select(attrs), **kwargs)
        self.empty_label = empty_label

    def offer(self, offered: Offered, *, answers=(), group=None) -> None:
        """Say who may be chosen; `group` is the heading over the members in a select."""
        empty = [] if self.empty_label is None else [("", self.empty_label)]
        self.offered, self.answers = offered, [*empty, *answers]
        if offered.are_few:
            here = [(offered.key_of(each), each.name) for each in offered.first]
            people = [(group, here)] if group else here
            self.widget.choices = [*self.answers, *people]
            return
        attrs, required = self.widget.attrs, self.widget.is_required
        self.widget = self.lookup(attrs)
        self.widget.offered, self.widget.answers = offered, self.answers
        self.widget.is_required = required

    def prepare_value(self, value):
        """What a select shows as chosen; a look-up reads members by itself."""
        return self.offered.key_of(value) if isinstance(value, Membership) else value

    def clean(self, value):
        typed = value if isinstance(value, TypedName) else TypedName((str(value or ""),))
        key = typed.keys[0] if typed.keys else ""
        words = one_line(typed.words)
        if words:
            return self.offered.bearer(words, self.offered.with_keys([key]))
        if not key:
            self.validate(key)
            return None
        if key in dict(self.answers):
            return key
        for member in self.offered.with_keys([key]):
            return member
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    @property
    def is_empty(self) -> bool:
        """True where there is nobody to choose."""
        return not self.offered.first


class MembersField(MemberField):
    """Any number of members; it gives back a list."""

    lookup = MembersLookup

    def __init__(self, *, select=forms.SelectMultiple, **kwargs):
        super().__init__(select=select, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, TypedName) or value is None:
            return value
        return [super(MembersField, self).prepare_value(each) for each in value]

    def clean(self, value):
        typed = value if isinstance(value, TypedName) else TypedName(tuple(map(str, value or ())))
        chosen = self.offered.with_keys(typed.keys)
        if len(chosen) < len(set(typed.keys)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        for part in BETWEEN_NAMES.split(typed.words):
            words = one_line(part)
            if words and (meant := self.offered.bearer(words, chosen)) not in chosen:
                chosen.append(meant)
        self.validate(chosen)
        return chosen


class LookupForm(forms.Form):
    """What a look-up on a form asks for: in which field, among whom, and by what key."""

    field = forms.RegexField(r"^[\w-]{1,60}$")
    among = forms.ChoiceField(choices=Among.choices)
    key = forms.ChoiceField(choices=[("pk", "pk"), ("ref", "ref")])
    form = forms.RegexField(r"^[\w-]{1,60}$", required=False)
    several = forms.BooleanField(required=False)

    def found(self, person, space) -> dict:
        """The members to show, for the list below the field."""
        asked = self.cleaned_data
        name, widget = asked["field"], MembersLookup if asked["several"] else MemberLookup
        members = readable_members(person, space, asked["among"])
        offered = Offered(members, space=space, among=asked["among"], key=asked["key"])
        typed = widget().value_from_datadict(self.data, {}, name)
        found = found_members(offered, typed, name=name, several=asked["several"])
        return found | {"form_id": asked["form"]}
