"""Who may read a story, how its teller is named, for what, until when, and who else is in it."""

from collections.abc import Collection

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.forms.members import Among, MembersField, Offered
from spaces.models import Membership
from spaces.presentation.names import Names
from valuecreation.models import Attribution, Use
from valuecreation.models.enclosure import USE_OF
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.rights import is_read_by_others

AUDIENCES = [
    ("space", _("The people in this space")),
    ("named_people", _("People I choose below")),
    ("organisation", _("The organisation, with its sponsor")),
    ("partner_spaces", _("Partner spaces")),
    ("public", _("Everybody")),
]


class ConsentForm(forms.Form):
    """One act of consent."""

    audience = forms.MultipleChoiceField(
        label=_("Who may read it?"),
        choices=AUDIENCES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    named_people = MembersField(label=_("Which people"), required=False)
    attribution = forms.ChoiceField(
        label=_("How do you want to be named?"),
        choices=lambda: [(code, capfirst(str(word))) for code, word in Attribution.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    pseudonym = forms.CharField(
        label=_("The other name"),
        max_length=60,
        required=False,
        validators=[plain_text],
        help_text=_("Only if you chose another name."),
    )
    uses = forms.MultipleChoiceField(
        label=_("What may it be used for?"),
        choices=lambda: [(code, capfirst(str(word))) for code, word in Use.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none of these, it is read here and goes nowhere else."),
    )
    ai = forms.BooleanField(
        label=_("Artificial intelligence may read it, too"),
        required=False,
        help_text=_(
            "For example to sort or to translate. Without this tick the program passes on, with "
            "every copy, that it must not."
        ),
    )
    expires_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day nobody new sees it until you are asked again."),
        error_messages={"invalid": _("This is not a day. Write it like 2026-03-14.")},
    )
    note = forms.CharField(
        label=_("A note for yourself"),
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It never leaves the space."),
    )

    files = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, story, steps, names, inside=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.story, self.steps = story, steps
        offered = Offered(who_can_be_named(story, inside), space=story.space, among=Among.CURRENT)
        self.fields["named_people"].offer(offered)
        self.mentioned = mentioned_in(story, steps, names)
        read = is_read_by_others(story)
        for person, places in self.mentioned:
            self.fields[f"agreed_{person.pk}"] = forms.MultipleChoiceField(
                label=_("%(name)s agreed to be named in") % {"name": person.name},
                choices=[
                    (str(step.order), Truncator(step.moment.text).words(12)) for step in places
                ],
                required=False,
                initial=agreed_steps(story, person, places) if read else [],
                widget=forms.CheckboxSelectMultiple,
            )

        put_in = dict(story.enclosures.values_list("public_id", "upload__kind"))
        self.fields["files"].initial = ",".join(put_in)
        enclosed = [USE_OF[kind] for kind in put_in.values()]
        self.fields["uses"].choices = uses_to_ask([*(self.initial.get("uses") or ()), *enclosed])

    def clean(self):
        """How to be named is asked of whoever lets others read."""
        data = super().clean()
        if (
            data.get("audience")
            and not data.get("attribution")
            and "attribution" not in self.errors
        ):
            self.add_error("attribution", _g("Choose how you want to be named."))
        return data

    def third_party_fields(self):
        return [self[f"agreed_{person.pk}"] for person, _places in self.mentioned]

    def third_parties(self):
        """Who agreed to be named where; earlier agreements keep their day, prose stays prose."""
        before = self.story.third_parties
        entries = before if isinstance(before, list) else []
        here = {person.ref for person, _places in self.mentioned}
        kept = [entry for entry in entries if entry.get("person") not in here]
        days = {entry.get("person"): entry.get("agreed_on") for entry in entries}
        for person, _places in self.mentioned:
            steps = [int(order) for order in self.cleaned_data[f"agreed_{person.pk}"]]
            if steps:
                day = days.get(person.ref) or self.story.space.today.isoformat()
                kept.append({"person": person.ref, "agreed_on": day, "steps": steps})
        return kept or (before if isinstance(before, str) else [])

    def terms(self) -> dict:
        """What the action wants."""
        names = ("audience", "pseudonym", "expires_on", "note")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "attribution": self.cleaned_data["attribution"] or Attribution.NAMED,
            "uses": with_learning(self.cleaned_data),
            "named_people": self.cleaned_data["named_people"],
            "third_parties": self.third_parties(),
            "files_seen": list(filter(None, self.cleaned_data["files"].split(","))),
        }


def uses_to_ask(chosen: Collection[str]) -> list[tuple[str, str]]:
    """What a story may be used for, to be ticked; of sound and pictures only where there are some.

    To learn from it in the space is what reading means, and is not asked.
    """
    asked = [Use.REPORT, Use.QUOTE, Use.RESEARCH, Use.PUBLICATION]
    asked += [use for use in (Use.IMAGE, Use.AUDIO, Use.DOCUMENT) if use in chosen]
    return [(use, capfirst(str(use.label))) for use in asked]


def with_learning(typed: dict) -> list[str]:
    """The uses that were ticked; whoever lets others read lets them learn from it."""
    learning = [Use.LEARNING] if typed["audience"] else []
    by_machines = [Use.AI] if typed.get("ai") else []
    return [*learning, *typed["uses"], *by_machines]


def who_can_be_named(story, inside: bool):
    """The people a teller may choose: those here now, if they are here too, and those chosen."""
    everybody = Membership.objects.in_space(story.space)
    acts = story.consent.named_people.values_list("pk", flat=True) if story.consent else ()
    chosen = everybody.among(acts)
    return everybody.current() | chosen if inside else chosen


def mentioned_in(story, steps, names: Names):
    """Members other than the teller who occur in a story, each with the steps they occur in."""
    found = {}
    for step in steps:
        here = {step.moment.agent_id, step.moment.for_whom_id}
        for said in names.found_in(step.moment.text):
            here |= {person.pk for person in said.bearers}
        for person in names.members:
            if person.pk in here and person.pk != story.teller_id:
                found.setdefault(person.pk, (person, []))[1].append(step)
    return list(found.values())


def agreed_steps(story, person, places):
    """The steps in which a person agreed to be named, as the form ticks them."""
    for entry in story.third_parties if isinstance(story.third_parties, list) else []:
        if entry.get("person") == person.ref:
            wanted = {str(step) for step in entry.get("steps") or []}
            return [
                str(step.order)
                for step in places
                if not wanted or wanted & {str(step.order), step.moment.ref}
            ]
    return []


def terms_now(story, *, expires_on) -> dict:
    """The act by which others read it now, as the form shows it; else nothing is chosen."""
    consent = story.consent
    if consent is None or not is_read_by_others(story):
        return {"audience": [], "uses": [], "expires_on": expires_on}
    return {
        "audience": sorted(consent.grant.audience),
        "named_people": list(consent.named_people.all()),
        "attribution": consent.attribution,
        "pseudonym": consent.extra.get(PSEUDONYM_KEY, ""),
        "uses": [use for use in consent.uses if use != Use.AI],
        "ai": consent.grant.allows(Use.AI),
        "expires_on": consent.grant.open_ended(story.space.today).expires_on or expires_on,
        "note": consent.note,
    }
