"""A release is frozen into canonical bytes, and thawed into the same value."""

import json

import pytest

from evaluation.presentation.records import ReleaseContents
from tests.evaluation.reports import samples


@pytest.mark.parametrize("release", [samples.empty(), samples.small(), samples.many(20)])
def test_release_thaws_to_what_was_frozen(release):
    thawed = ReleaseContents.from_json(release.to_json())

    assert thawed == release
    assert thawed.canonical == release.canonical


def test_release_bytes_are_canonical():
    release = samples.small(space="Große Füße")
    data = json.loads(release.canonical)
    again = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert release.canonical == (again + "\n").encode()
    assert "Große Füße" in release.to_json()


def test_release_fingerprint_changes_with_every_word():
    assert samples.small().sha256 == samples.small().sha256
    assert samples.small().sha256 != samples.small(note="x").sha256


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[]", "but None"),
        ('{"format": "learning-space", "version": 1}', "learning-space'"),
        ('{"format": "learning-space-release", "version": 2}', "2"),
        (
            '{"format": "learning-space-release", "version": 1, "secret": 1}',
            "does not know secret",
        ),
    ],
)
def test_release_refuses_what_it_is_not(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        ReleaseContents.from_json(text)


def test_release_holds_no_number_that_json_does_not_know():
    with pytest.raises(ValueError, match="JSON"):
        _ = samples.small(note=float("nan")).canonical  # type: ignore[arg-type]
