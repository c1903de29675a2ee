"""Words looked for in many texts at once, on PostgreSQL and on SQLite alike.

Both sides are cut into the same folded words here, so that neither database has a say in what a
word is. PostgreSQL keeps them as a `tsvector` with an index of its own, SQLite in a table of FTS5
beside the rows (`FullTextIndex`). Marks say which kind of row it is; nobody can type one.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.backends.ddl_references import Statement, Table

from learningspaces.lib.folding import folded

MOST_ASKED = 8  # pieces of what is typed that are looked for
LONGEST, LAST_PLACE = 100, 16_383  # of a word in letters; of a place in a text that is kept
ENDINGS = 3  # letters from which on a word is also found as the beginning of a longer one
WEIGHTS = (("title", "A"), ("people", "B"), ("words", "C"))
# Letters of scripts that set no space between words; each is looked for by itself, in its order.
RUN_ON = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
)
WORD = re.compile(f"[{RUN_ON}][{re.escape(MARKS)}]*|(?:[^\\W_{RUN_ON}]|[{re.escape(MARKS)}])+")
PIECE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(\S+)")


def words_in(text: str) -> list[str]:
    """The folded words of a text, one after another.

    >>> words_in("The Café, O'Neil")
    ['the', 'cafe', 'o', 'neil']
    """
    return [word[:LONGEST] for word in WORD.findall(folded(text))]


@dataclass(frozen=True)
class FoldedText:
    """What a row is found by: folded words of three weights, and marks of its kind."""

    marks: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, marks: Iterable[str], title: str, people: str, words: str) -> "FoldedText":
        """From the texts as they may be read."""
        texts = (tuple(words_in(text)) for text in (title, people, words))
        return cls(tuple(marks), *texts)

    def as_json(self) -> str:
        """As SQLite keeps it, column by column."""
        kept = {name: " ".join(getattr(self, name)) for name in ("marks", "title")}
        kept |= {name: " ".join(getattr(self, name)) for name in ("people", "words")}
        return json.dumps(kept, ensure_ascii=False)

    def as_vector(self) -> str:
        """As PostgreSQL keeps it: each word with its places and its weight."""
        places: dict[str, list[str]] = {}
        last = 0
        for name, weight in WEIGHTS:
            for word in getattr(self, name):
                last = min(last + 1, LAST_PLACE)
                places.setdefault(word, []).append(f"{last}{weight}")
            last = min(last + 10, LAST_PLACE)  # no phrase reaches from one into the next
        said = [f"'{word}':{','.join(found[:200])}" for word, found in places.items()]
        return " ".join([*(f"'/{mark}'" for mark in self.marks), *said])


@dataclass(frozen=True)
class AskedWords:
    """What somebody looks for: pieces of words that must all be there, names, and marks."""

    pieces: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    marks: tuple[str, ...] = ()

    @classmethod
    def typed(cls, words: str, *, name: str = "", marks: Sequence[str] = ()) -> "AskedWords":
        """From what was typed, whatever signs stand in it."""
        return cls(pieces_of(words), pieces_of(name), tuple(marks))

    def __bool__(self):
        return bool(self.pieces or self.names or self.marks)

    @property
    def all_words(self) -> list[str]:
        """Every word asked for, to show where it stands."""
        return [word for piece in self.pieces for word in piece]

    def as_vector_query(self) -> str:
        """As PostgreSQL is asked."""
        parts = [_in_order(piece, "") for piece in self.pieces]
        parts += [_in_order(piece, "B") for piece in self.names]
        return " & ".join([*parts, *(f"'/{mark}'" for mark in self.marks)])

    def as_match(self) -> str:
        """As FTS5 is asked."""
        parts = [f"{{title people words}} : {_phrase(piece)}" for piece in self.pieces]
        parts += [f"people : {_phrase(piece)}" for piece in self.names]
        return " AND ".join([*parts, *(f'marks : "{mark}"' for mark in self.marks)])


def pieces_of(typed: str) -> tuple[tuple[str, ...], ...]:
    """What was typed, piece by piece; what stands in quotes or is written on is one piece."""
    said = (quoted or plain for quoted, plain in PIECE.findall(typed.replace("\x00", " ")))
    return tuple(tuple(found) for piece in said if (found := words_in(piece)))[:MOST_ASKED]


def _goes_on(piece: Sequence[str]) -> bool:
    return len(piece[-1]) >= ENDINGS


def _in_order(piece: Sequence[str], weight: str) -> str:
    *before, last = piece
    said = [f"'{word}'{':' + weight if weight else ''}" for word in before]
    ending = ("*" if _goes_on(piece) else "") + weight
    said.append(f"'{last}'{':' + ending if ending else ''}")
    return f"({' <-> '.join(said)})"


def _phrase(piece: Sequence[str]) -> str:
    return f'"{" ".join(piece)}"' + (" *" if _goes_on(piece) else "")


class FoldedTextField(models.Field):
    """Holds a `FoldedText`, to be looked in and never read."""

    description = "Folded words"

    def db_type(self, connection) -> str:
        """PostgreSQL has a type for it."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_save(self, value, connection):
        """As the database keeps it."""
        if not isinstance(value, FoldedText):
            return value
        return value.as_vector() if connection.vendor == "postgresql" else value.as_json()


class FullTextIndex(models.Index):
    """The index of a `FoldedTextField`: GIN on PostgreSQL, a table of FTS5 kept by triggers on
    SQLite, whose rows have the numbers of the rows they are of.
    """

    columns = ("marks", "title", "people", "words")

    def create_sql(self, model, schema_editor, using="", **kwargs):
        """The statement that makes it; on SQLite the triggers follow it."""
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using=" USING gin", **kwargs)
        schema_editor.deferred_sql += self._triggers(model, schema_editor)
        tokens = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
        made = f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.name} USING fts5"
        options = f"{', '.join(self.columns)}, prefix='3', tokenize=\"{tokens}\""
        return Statement(f"{made}({options})")

    def _triggers(self, model, schema_editor) -> list[Statement]:
        column = self.fields[0]
        taken = ", ".join(f"json_extract(new.{column}, '$.{name}')" for name in self.columns)
        into = f"INSERT INTO {self.name} (rowid, {', '.join(self.columns)})"
        gone = f"DELETE FROM {self.name} WHERE rowid = old.id"
        acts = {"INSERT": f"{into} VALUES (new.id, {taken})", "DELETE": gone}
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return [
            Statement(
                f"CREATE TRIGGER {self.name}_{act.lower()} AFTER {act} ON %(table)s "
                f"BEGIN {doing}; END",
                table=table,
            )
            for act, doing in acts.items()
        ]

    def remove_sql(self, model, schema_editor, **kwargs):
        """The statement that takes it away."""
        if schema_editor.connection.vendor == "postgresql":
            return super().remove_sql(model, schema_editor, **kwargs)
        for act in ("insert", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.name}_{act}")
        return Statement(f"DROP TABLE IF EXISTS {self.name}")
