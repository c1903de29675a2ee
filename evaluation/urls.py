from django.urls import path

from evaluation.views import (
    claims,
    codings,
    indicators,
    links,
    matrix,
    observations,
    releases,
    reports,
    second_readings,
)

app_name = "evaluation"
SPACE = "spaces/<slug:slug>/"
HERE = f"{SPACE}evaluation/"
DATASETS = f"{HERE}releases/"
DATASET = f"{DATASETS}<int:number>/"
INDICATORS = f"{HERE}indicators/"
INDICATOR = f"{INDICATORS}<str:ref>/"

urlpatterns = [
    path(HERE, matrix.matrix, name="matrix"),
    path(INDICATORS, indicators.indicators, name="indicators"),
    path(f"{INDICATORS}derive/", indicators.derive, name="derive"),
    path(INDICATOR, indicators.indicator, name="indicator"),
    path(f"{INDICATOR}change/", indicators.change_indicator, name="change_indicator"),
    path(f"{INDICATOR}define-anew/", indicators.redefine_indicator, name="redefine_indicator"),
    path(f"{INDICATOR}state/", indicators.set_indicator_state, name="set_indicator_state"),
    path(f"{INDICATOR}observe/", observations.observe, name="observe"),
    path(
        f"{INDICATOR}observations/<int:pk>/correct/",
        observations.correct_observation,
        name="correct_observation",
    ),
    path(f"{HERE}claims/", claims.claims, name="claims"),
    path(f"{HERE}claims/write/", claims.write_claim, name="write_claim"),
    path(f"{HERE}claims/<int:pk>/", claims.edit_claim, name="edit_claim"),
    path(
        f"{SPACE}moments/<slug:public_id>/indicators/",
        links.moment_indicators,
        name="moment_indicators",
    ),
    path(f"{SPACE}moments/<slug:public_id>/reading/", codings.read_as, name="read_as"),
    path(f"{SPACE}stories/<slug:public_id>/supports/", links.story_supports, name="story_supports"),
    path(DATASETS, releases.releases, name="releases"),
    path(f"{DATASETS}new/", releases.new_release, name="new_release"),
    path(DATASET, releases.release, name="release"),
    path(f"{DATASET}again/", releases.build_again, name="build_again"),
    path(f"{DATASET}reports/", releases.build_report, name="build_report"),
    path(f"{DATASET}reports/<slug:format>/", reports.download_report, name="download_report"),
    path(
        f"{DATASETS}readings/<int:number>/", second_readings.second_reading, name="second_reading"
    ),
    path(f"{HERE}exports/<slug:public_id>/", reports.exports_of_story, name="exports_of_story"),
]
