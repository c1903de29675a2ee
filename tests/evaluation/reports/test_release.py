"""A release is frozen into canonical bytes, and thawed into the same value."""

import json

import pytest

from evaluation.presentation.records import ReleaseContents
from tests.evaluation.reports import samples


@pytest.mark.parametrize("release", [samples.empty(), samples.small(), samples.many(20)])
def test_release_thaws_to_what_was_frozen(release):
    thawed = ReleaseContents.from_json(release.to_json())

    assert thawed == release
    assert thawed.to_json() == release.to_json()


def test_release_bytes_are_canonical():
    release = samples.small(space="Große Füße")
    data = json.loads(release.to_json())
    again = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert release.to_json() == again + "\n"
    assert "Große Füße" in release.to_json()


def test_release_fingerprint_changes_with_every_word():
    assert samples.small().sha256 == samples.small().sha256
    assert samples.small().sha256 != samples.small(note="x").sha256


def changed(**fields) -> str:
    return json.dumps(json.loads(samples.small().to_json()) | fields)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[]", "should be an object"),
        (changed(format="learning-space"), "format: .*'learning-space-release'"),
        (changed(version=2), "version: .*should be 1"),
        (changed(secret=1), "secret: Unexpected"),
        (changed(stories=[{"ref": "S1", "secret": 1}]), r"stories\.0\.secret: Unexpected"),
        (changed(waiting={"quiet": "many"}), r"waiting\.quiet: .*valid integer"),
    ],
)
def test_release_refuses_what_it_is_not(text, complaint):
    with pytest.raises(ValueError, match=complaint) as refused:
        ReleaseContents.from_json(text)

    assert "many" not in str(refused.value)


def test_release_holds_no_number_that_json_does_not_know():
    with pytest.raises(ValueError, match="JSON"):
        _ = samples.small(note=float("nan")).to_json()  # type: ignore[arg-type]
