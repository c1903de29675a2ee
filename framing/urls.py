from django.urls import path

from framing.views import agreement, aspirations, board, drafts, events, framing, parts

app_name = "framing"
SPACE = "spaces/<slug:slug>/framing/"
urlpatterns = [
    path(SPACE, framing.framing, name="framing"),
    path(f"{SPACE}<int:number>/", framing.version, name="version"),
    path(f"{SPACE}compare/", framing.compare, name="compare"),
    path(f"{SPACE}draft/", drafts.new_draft, name="new_draft"),
    path(f"{SPACE}<int:number>/edit/", drafts.edit_draft, name="edit_draft"),
    path(f"{SPACE}<int:number>/answer/", agreement.answer_version, name="answer_version"),
    path(f"{SPACE}<int:number>/closing-day/", agreement.set_closing_day, name="set_closing_day"),
    path(f"{SPACE}<int:number>/stand/", agreement.let_stand, name="let_stand"),
    path(f"{SPACE}<int:number>/discard/", drafts.discard_draft, name="discard_draft"),
    path(f"{SPACE}<int:number>/causes/", drafts.causes, name="causes"),
    path(f"{SPACE}causes/<int:pk>/remove/", drafts.remove_cause, name="remove_cause"),
    path(f"{SPACE}<int:number>/add/<slug:kind>/", parts.add_part, name="add_part"),
    path(f"{SPACE}parts/<slug:kind>/<int:pk>/", parts.change_part, name="change_part"),
    path(f"{SPACE}parts/<slug:kind>/<int:pk>/remove/", parts.remove_part, name="remove_part"),
    path(f"{SPACE}parts/<slug:kind>/<int:pk>/check/", parts.check, name="check"),
    path(
        f"{SPACE}<int:number>/hopes/<int:pk>/drop/", parts.drop_aspiration, name="drop_aspiration"
    ),
    path(
        f"{SPACE}<int:number>/hopes/<int:pk>/reword/",
        parts.reword_aspiration,
        name="reword_aspiration",
    ),
    path(f"{SPACE}hopes/", aspirations.sponsor_aspirations, name="sponsor_aspirations"),
    path(
        f"{SPACE}hopes/<int:pk>/take-back/",
        aspirations.take_back_sponsor_aspiration,
        name="take_back_sponsor_aspiration",
    ),
    path(f"{SPACE}question/", events.question, name="question"),
    path(f"{SPACE}events/plan/", events.plan_event, name="plan_event"),
    path(f"{SPACE}events/<int:pk>/", events.event, name="event"),
    path(f"{SPACE}events/<int:pk>/edit/", events.edit_event, name="edit_event"),
    path(f"{SPACE}events/<int:pk>/step/", events.go_to_step, name="go_to_step"),
    path(f"{SPACE}events/<int:pk>/end/", events.end_event, name="end_event"),
    path(f"{SPACE}events/<int:pk>/reopen/", events.reopen_event, name="reopen_event"),
    path(f"{SPACE}events/<int:pk>/coming/", events.answer_invitation, name="answer_invitation"),
    path(f"{SPACE}events/<int:pk>/board/", board.board, name="board"),
    path(f"{SPACE}events/<int:pk>/write/<slug:cycle>/", board.write_note, name="write_note"),
    path(f"{SPACE}notes/<int:pk>/", board.change_note, name="change_note"),
    path(f"{SPACE}notes/<int:pk>/do/", board.note_deed, name="note_deed"),
    path(f"{SPACE}notes/<int:pk>/aside/", board.set_note_aside, name="set_note_aside"),
    path(
        f"{SPACE}moments/<slug:public_id>/",
        aspirations.moment_aspirations,
        name="moment_aspirations",
    ),
    path(f"{SPACE}ties/<int:pk>/untie/", aspirations.untie_moment, name="untie_moment"),
]
