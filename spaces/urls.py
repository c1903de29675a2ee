from django.urls import path

from spaces.views import (
    account,
    claims,
    invitations,
    join_links,
    joining,
    kept,
    people,
    spaces,
    traces,
)

app_name = "spaces"
urlpatterns = [
    path("kept/", kept.kept_words, name="kept_words"),
    path("me/", account.profile, name="profile"),
    path("me/keys/", account.tokens, name="tokens"),
    path("me/keys/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
    path("invitations/<str:token>/", joining.redeem_invitation, name="redeem_invitation"),
    path("join/<str:token>/", join_links.come_in, name="come_in"),
    path("spaces/", joining.find_spaces, name="find_spaces"),
    path("spaces/new/", spaces.new_space, name="new_space"),
    path("spaces/<slug:slug>/join/", joining.join, name="join"),
    path("spaces/<slug:slug>/about/", spaces.about, name="about"),
    path("spaces/<slug:slug>/edit/", spaces.edit_space, name="edit_space"),
    path("spaces/<slug:slug>/pause/", spaces.pause_space, name="pause_space"),
    path("spaces/<slug:slug>/close/", spaces.close_space, name="close_space"),
    path("spaces/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path(
        "spaces/<slug:slug>/invitations/<int:pk>/",
        invitations.change_invitation,
        name="change_invitation",
    ),
    path("spaces/<slug:slug>/links/", join_links.join_links, name="join_links"),
    path("spaces/<slug:slug>/links/<int:pk>/", join_links.join_link, name="join_link"),
    path(
        "spaces/<slug:slug>/links/<int:pk>/revoke/",
        join_links.revoke_join_link,
        name="revoke_join_link",
    ),
    path("spaces/<slug:slug>/requests/<int:pk>/", joining.answer_request, name="answer_request"),
    path("spaces/<slug:slug>/people/", people.people, name="people"),
    path("spaces/<slug:slug>/people/me/", people.oneself, name="oneself"),
    path("spaces/<slug:slug>/people/me/level/", people.state_level, name="state_level"),
    path(
        "spaces/<slug:slug>/people/me/looking-after/",
        people.take_leadership_role,
        name="take_leadership_role",
    ),
    path(
        "spaces/<slug:slug>/people/me/looking-after/<int:pk>/lay-down/",
        people.lay_down_role,
        name="lay_down_role",
    ),
    path("spaces/<slug:slug>/people/find/", people.find_members, name="find_members"),
    path("spaces/<slug:slug>/people/<str:ref>/", people.member, name="member"),
    path("spaces/<slug:slug>/people/<str:ref>/roles/", people.give_role, name="give_role"),
    path("spaces/<slug:slug>/people/<str:ref>/claim/", claims.confirm_claim, name="confirm_claim"),
    path(
        "spaces/<slug:slug>/people/<str:ref>/invite/",
        invitations.invite_to_claim,
        name="invite_to_claim",
    ),
    path("spaces/<slug:slug>/roles/<int:pk>/end/", people.end_role, name="end_role"),
    path("spaces/<slug:slug>/fetched/", traces.traces, name="traces"),
]
