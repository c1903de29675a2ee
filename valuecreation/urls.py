from django.urls import path

from valuecreation.views import (
    composer,
    consent,
    decisions,
    deletion,
    drafts,
    erasing,
    flows,
    flows_of_story,
    follow_ups,
    keeping,
    moments,
    moments_alone,
    stories,
)

app_name = "valuecreation"
SPACE = "spaces/<slug:slug>/"
STORIES = f"{SPACE}stories/"
STORY = f"{STORIES}<slug:public_id>/"
MOMENT = f"{SPACE}moments/<slug:public_id>/"
FLOW = f"{SPACE}flows/<slug:public_id>/"

urlpatterns = [
    path(STORIES, stories.story_list, name="story_list"),
    path(f"{STORIES}tell/", composer.tell_story, name="tell_story"),
    path(f"{STORIES}question/", composer.ask_words, name="ask_words"),
    path(f"{SPACE}drafts/<str:key>/", drafts.save_draft, name="save_draft"),
    path(f"{SPACE}drafts/<str:key>/let-go/", drafts.discard_draft, name="discard_draft"),
    path(STORY, stories.story, name="story"),
    path(f"{STORY}and-then/", composer.and_then, name="and_then"),
    path(f"{STORY}wordings/", stories.wordings, name="wordings"),
    path(f"{STORY}edit/", stories.edit_story, name="edit_story"),
    path(f"{STORY}consent/", consent.consent, name="consent"),
    path(f"{STORY}finish/", decisions.finish_story, name="finish_story"),
    path(f"{STORY}approve/", decisions.approve_story, name="approve_story"),
    path(f"{STORY}retire/", decisions.retire_story, name="retire_story"),
    path(f"{STORY}bring-back/", decisions.bring_back_story, name="bring_back_story"),
    path(f"{STORY}let-go/", decisions.discard_story, name="discard_story"),
    path(f"{STORY}withdraw/", decisions.withdraw_story, name="withdraw_story"),
    path(f"{STORY}kept/", keeping.kept, name="kept"),
    path(f"{STORY}share/", keeping.share, name="share"),
    path(f"{STORY}shared/", keeping.shared, name="shared"),
    path(f"{STORY}to-oneself/", keeping.keep_to_oneself, name="keep_to_oneself"),
    path(f"{STORY}open-again/", keeping.open_again, name="open_again"),
    path(f"{STORY}name/", keeping.name_story, name="name_story"),
    path(f"{STORY}keep-closed/", erasing.keep_closed, name="keep_closed"),
    path(f"{STORY}erase/", erasing.erase_story, name="erase_story"),
    path(f"{STORY}erase/line/", erasing.erase_line, name="erase_line"),
    path(f"{STORY}moments/<slug:moment>/delete/", moments.delete_moment, name="delete_moment"),
    path(f"{STORY}moments/<slug:moment>/move/", moments.move_moment, name="move_moment"),
    path(f"{SPACE}moments/note/", moments.note_moment, name="note_moment"),
    path(f"{SPACE}moments/alone/", moments_alone.moments_alone, name="moments_alone"),
    path(f"{MOMENT}edit/", moments.edit_moment, name="edit_moment"),
    path(f"{MOMENT}drop/", moments.drop_moment, name="drop_moment"),
    path(f"{MOMENT}adopt/", moments.adopt_moment, name="adopt_moment"),
    path(f"{MOMENT}led-to/", flows_of_story.claim_flow, name="claim_flow"),
    path(f"{MOMENT}happened/", flows_of_story.confirm_hope, name="confirm_hope"),
    path(f"{MOMENT}let-go/", flows_of_story.let_go_hope, name="let_go_hope"),
    path(f"{MOMENT}taken-up/", flows_of_story.take_up, name="take_up"),
    path(f"{MOMENT}ask/", follow_ups.ask_what_happened, name="ask_what_happened"),
    path(f"{MOMENT}lay-aside/", follow_ups.lay_aside, name="lay_aside"),
    path("deleted/<str:token>/", deletion.deletion_done, name="deletion_done"),
    path("to-follow-up/", follow_ups.to_follow_up, name="to_follow_up"),
    path("to-follow-up/<int:pk>/", follow_ups.answer_follow_up, name="answer_follow_up"),
    path(f"{SPACE}flows/", flows.flows, name="flows"),
    path(f"{SPACE}flows/seasons/", flows.lanes, name="lanes"),
    path(f"{SPACE}flows/picture.svg", flows.flow_picture, {"kind": "svg"}, name="flow_svg"),
    path(f"{SPACE}flows/picture.png", flows.flow_picture, {"kind": "png"}, name="flow_png"),
    path(f"{FLOW}take-back/", flows_of_story.take_back_flow, name="take_back_flow"),
    path(f"{SPACE}flows/<str:which>/", flows.flow_list, name="flow_list"),
]
