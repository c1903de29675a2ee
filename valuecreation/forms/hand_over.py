"""Whom a teller asks to look after a story in their place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.forms.members import Among, MemberField, Offered, readable_members


class HandOverForm(forms.Form):
    """One member of the space."""

    to = MemberField(label=_("Who could look after it?"), empty_label=_("choose somebody"))

    def __init__(self, *args, story, **kwargs):
        super().__init__(*args, **kwargs)
        here = readable_members(story.teller.person, story.space, Among.INSIDE)
        offered = here.apart_from(story.teller).with_account()
        self.fields["to"].offer(Offered(offered, space=story.space, among=Among.INSIDE))
