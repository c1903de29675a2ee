"""Names in any script, their parts and spellings give way, and words of the language stand."""

import pytest

from spaces.models import Membership
from spaces.presentation.names import Names, replace_names

PEOPLE = {
    "王小明": "podiatrist",
    "فاطمة بنعلي": "midwife",
    "Siobhán O'Brien": "sister",
    "Mary Smith-Jones": "chemist",
    "Wei Li": "surgeon",
    "Tomasz Wrona": "wound nurse",
    "สมชาย ใจดี": "driver",
    "Maria del Carmen Ruiz": "physio",
    "Jürgen Müller": "baker",
    "田中美咲": "cook",
    "Dmitri Иванов": "porter",
    "김철수": "dentist",
    "Grace Will Ward": "nurse",
}


@pytest.fixture(scope="module")
def names():
    members = [
        Membership(pk=number, ref=f"P{number:02}", name=name, practice=practice)
        for number, (name, practice) in enumerate(PEOPLE.items(), start=1)
    ]
    return Names(members, beside={6: ["Tomek", "TW"]}, addresses={4: "msj@example.org"})


def said(names, text):
    return replace_names(text, names, lambda member: f"<{member.practice}>")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我和王小明一起做了六个网格。", "我和<podiatrist>一起做了六个网格。"),
        ("小明来了", "<podiatrist>来了"),
        ("قالت لي وفاطمة أيضا", "قالت لي و<midwife> أيضا"),
        ("Nurse O'Brien showed me; O’Brien again", "Nurse <sister> showed me; <sister> again"),
        ("ask Siobhan, or Mrs Brien or OBrien", "ask <sister>, or Mrs <sister> or <sister>"),
        ("I rang Mrs Smith-Jones, then Jones", "I rang Mrs <chemist>, then <chemist>"),
        ("Smith‐Jones and Smith Jones", "<chemist> and <chemist>"),
        ("Dr Li agreed at once; Wei too", "Dr <surgeon> agreed at once; <surgeon> too"),
        ("see tomasz.wrona@example.org or @tomaszwrona.", "see <wound nurse> or <wound nurse>."),
        ("Tomasz_W and Tomasz2", "<wound nurse>_W and <wound nurse>2"),
        ("To\u00admasz, Tomasz\u200b, Wro\u200bna", "<wound nurse>, <wound nurse>, <wound nurse>"),
        ("Tomek rang and TW wrote", "<wound nurse> rang and <wound nurse> wrote"),
        ("mail msj@example.org", "mail <chemist>"),
        ("as P07 said", "as <driver> said"),
        ("ฉันกับสมชายไปด้วยกัน", "ฉันกับ<driver>ไปด้วยกัน"),
        ("so Carmen came; del Carmen; Maria.", "so <physio> came; del <physio>; <physio>."),
        ("to JÜRGEN, Juergen Mueller, Jurgen Muller.", "to <baker>, <baker>, <baker>."),
        ("für Ju\u0308rgen", "für <baker>"),
        ("田中さんと美咲さん、田中美咲さん", "<cook>さんと<cook>さん、<cook>さん"),
        ("to ИВАНОВ and иванов", "to <porter> and <porter>"),
        ("김철수가 왔다", "<dentist>가 왔다"),
    ],
)  # fmt: skip
def test_name_gives_way_however_it_is_written(names, text, told):
    assert said(names, text) == told


@pytest.mark.parametrize(
    "text",
    [
        "It will help on the ward, with grace.",
        "The jones of old; li and wei are measures here; a marys day.",
        "Marianne and Likert and Willow and Oli.",
        "到国王那里去",
        "Write to help@example.org by 10 May.",
        "Version P1, and a B12 value.",
        "They lived by the ruiz.",
    ],
)
def test_words_of_the_language_stand(names, text):
    assert said(names, text) == text.replace("wei", "<surgeon>")
