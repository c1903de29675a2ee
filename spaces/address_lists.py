"""Reads lists of people as they come out of mail programs, spreadsheets and forms.

A list is a table whose first row names its columns, or lines of addresses with or without names.
Of a table the columns with addresses and names are read, and nothing else of it is given back.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

DELIMITERS = "\t;,"
BRACKETED = re.compile(r"<\s*(?:mailto:)?([^<>]*)>", re.IGNORECASE)
INVISIBLE = ("Cc", "Cf", "Cs")
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # some scripts are written with them
DIVIDERS = str.maketrans("；，،؛、", ";,,;,")
LIKE_AT = str.maketrans("＠﹫＜＞", "@@<>")
FEW_LINES_BEFORE = 5  # a title, say, before the headings
AFTER_NAMES = {"jr", "sr", "md", "phd", "mba", "msc", "rn", "ii", "iii", "iv"}


def letters(heading: str) -> str:
    """A heading's letters alone, without accents and case."""
    apart = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(char for char in apart if char.isalpha())


# Headings as programs and people write them in the languages of the site, letters alone.
EMAIL_HEADINGS = set(map(letters, (
    "email", "emailaddress", "emailadress", "emails", "mail", "mailaddress", "emailvalue",
    "youremail", "youremailaddress", "whatisyouremail", "whatisyouremailaddress", "username",
    "emailadresse", "mailadresse", "ihreemail", "ihreemailadresse", "deineemailadresse",
    "correo", "correoelectronico", "direcciondecorreoelectronico", "direcciondeemail",
    "direccioncorreoelectronico", "tucorreo", "tucorreoelectronico", "sucorreoelectronico",
    "courriel", "adresseemail", "adressemail", "adressecourriel", "adresseelectronique",
    "adressedemessagerie", "courrierelectronique", "votreemail", "votreadresseemail",
    "enderecodeemail", "enderecoemail", "enderecoeletronico", "correioeletronico",
    "correioelectronico", "seuemail",
    "wielautetdeineemailadresse", "wielautetihreemailadresse", "wieistdeineemailadresse",
    "wieistihreemailadresse", "cualestucorreoelectronico", "cualessucorreoelectronico",
    "quelleestvotreadresseemail", "quelestvotreemail", "qualeseuemail", "qualoseuemail",
    "ما هو بريدك الإلكتروني", "بريدك الإلكتروني",
    "البريدالالكتروني", "عنوانالبريدالالكتروني", "الايميل", "ايميل", "بريدالكتروني",
)))  # fmt: skip
NAME_HEADINGS = set(map(letters, (
    "name", "fullname", "names", "yourname", "yourfullname", "whatisyourname", "displayname",
    "participant", "person",
    "vollstandigername", "vorundnachname", "vornameundnachname", "vornamenachname",
    "vornamename", "ihrname", "deinname", "anzeigename",
    "nombre", "nombrecompleto", "nombreyapellidos", "nombreyapellido", "nombreapellidos",
    "tunombre", "sunombre",
    "nom", "nomcomplet", "nometprenom", "prenometnom", "nomprenom", "prenomnom", "votrenom",
    "nomsetprenoms",
    "nome", "nomecompleto", "nomeesobrenome", "nomeeapelido", "seunome",
    "whatisyourfullname", "wieheißtdu", "wieheißensie", "wieistdeinname", "wieistihrname",
    "comotellamas", "comosellama", "cualestunombre", "cualessunombre", "quelestvotrenom",
    "commentvousappelezvous", "commenttappellestu", "qualeseunome", "qualoseunome",
    "ما اسمك", "ما هو اسمك", "اسمك",
    "الاسم", "اسم", "الاسمالكامل", "الاسمكاملا", "الاسمبالكامل",
)))  # fmt: skip
GIVEN_HEADINGS = set(map(letters, (
    "firstname", "givenname", "givennames", "forename", "forenames", "vorname", "vornamen",
    "nombredepila", "primernombre", "nombres", "prenom", "prenoms", "primeironome",
    "nomeproprio", "nomesproprios", "الاسمالاول", "اسمالاول",
)))  # fmt: skip
FAMILY_HEADINGS = set(map(letters, (
    "lastname", "surname", "familyname", "nachname", "familienname", "zuname", "apellido",
    "apellidos", "nomdefamille", "apelido", "apelidos", "sobrenome", "ultimonome",
    "اسمالعائلة", "اللقب", "العائلة", "الاسمالاخير", "الكنية",
)))  # fmt: skip
SPLIT_NAMES = {"name", "nombre", "nom", "nome", "الاسم", "اسم"}


@dataclass(frozen=True)
class Entry:
    """One person of a list as written there: the whole of it, the address and the name in it."""

    typed: str
    email: str
    name: str = ""


@dataclass(frozen=True)
class PeopleList:
    """What was read of a list, and the headings of the columns that were not."""

    entries: list[Entry] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PeopleColumns:
    """Where a table has its addresses and names."""

    emails: list[int]
    whole: int | None
    given: int | None
    family: int | None


def read_list(text: str) -> PeopleList:
    """Everybody in a pasted or uploaded list, row by row."""
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text.lstrip("\N{BYTE ORDER MARK}"))
    text = re.sub(r"\Asep=.\n", "", text.lstrip("\n"), flags=re.IGNORECASE)
    for known in (_headed, _headed_in_other_words):
        for delimiter in DELIMITERS:
            found = known(_table(text, delimiter))
            if found:
                return _read_table(*found)
    lines = [line for line in text.split("\n") if letters(line) not in EMAIL_HEADINGS]
    return PeopleList([entry for line in lines for entry in _read_line(line)])


def without_invisible(words: str) -> str:
    """Words without characters that nobody sees, in one spelling, with single blanks."""
    shown = (
        " " if char in "\n\t" or unicodedata.category(char) == "Zs" else char
        for char in unicodedata.normalize("NFC", words)
        if char in "\n\t" or char in JOINERS or unicodedata.category(char) not in INVISIBLE
    )
    return " ".join("".join(shown).split())


def _table(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a table, quoted cells whole; where the quotes do not close, line by line."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = []
        for line in text.split("\n"):
            try:
                rows.extend(csv.reader([line], delimiter=delimiter))
            except csv.Error:  # far too long to be columns
                rows.append([line])
    return [row for row in rows if any(cell.strip() for cell in row)]


def _headed(table: list[list[str]]) -> tuple[list[list[str]], PeopleColumns] | None:
    """A table from its headings on, where one of them is known to stand over addresses."""
    for place, row in enumerate(table[:FEW_LINES_BEFORE]):
        if any("@" in cell for cell in row):
            return None
        emails = [at for at, cell in enumerate(row) if letters(cell) in EMAIL_HEADINGS]
        if emails and len(row) > 1:
            return table[place:], _with_names(row, emails)
    return None


def _headed_in_other_words(table: list[list[str]]) -> tuple[list[list[str]], PeopleColumns] | None:
    """A wide table whose addresses stand in one column, whatever its heading calls them."""
    if len(table) < 2 or len(table[0]) < 3 or {len(row) for row in table} != {len(table[0])}:
        return None
    holding = {at for row in table for at, cell in enumerate(row) if "@" in cell}
    if len(holding) != 1 or any("@" in cell for cell in table[0]):
        return None
    return table, _with_names(table[0], list(holding))


def _with_names(headings: list[str], emails: list[int]) -> PeopleColumns:
    """The columns of addresses, with those that are headed as names."""
    spelled = [letters(heading) for heading in headings]

    def found(known: set[str]) -> list[int]:
        return [at for at, heading in enumerate(spelled) if heading in known and at not in emails]

    whole, given, family = found(NAME_HEADINGS), found(GIVEN_HEADINGS), found(FAMILY_HEADINGS)
    if whole and bool(given) != bool(family) and spelled[whole[0]] in SPLIT_NAMES:
        # "Nombre, Apellidos" and "Nom, Prénom": the short word is the other half of the name
        given, family, whole = given or whole[:1], family or whole[:1], []
    return PeopleColumns(
        emails, *(places[0] if places else None for places in (whole, given, family))
    )


def _read_table(table: list[list[str]], columns: PeopleColumns) -> PeopleList:
    """The people of a table's rows; a row without anything in the columns read is nobody."""
    headings, *rows = table
    used = {*columns.emails, columns.whole, columns.given, columns.family}
    left_out = [
        without_invisible(heading)
        for place, heading in enumerate(headings)
        if place not in used and heading.strip()
    ]

    def cells(row: list[str], *places: int | None) -> list[str]:
        said = [without_invisible(row[at]) for at in places if at is not None and at < len(row)]
        return [words for words in said if words]

    entries = []
    for row in rows:
        addresses = cells(row, *columns.emails)
        names = cells(row, columns.whole)[:1] or cells(row, columns.given, columns.family)
        if names and not any("@" in words for words in addresses):
            swapped = [words for words in names if "@" in words]
            names, addresses = (addresses, swapped) if swapped else (names, addresses)
        words = next((words for words in addresses if "@" in words), *addresses[:1] or [""])
        email, beside = _address_and_name(words)
        name = in_order(" ".join(names)) or beside
        if email or name:
            typed = f"{name} <{email}>" if name and email else email or name
            entries.append(Entry(typed, email, name))
    return PeopleList(entries, left_out)


def _read_line(line: str) -> Iterator[Entry]:
    """The people of one line: cells of a row, or addresses divided by semicolons or commas."""
    line = line.translate(DIVIDERS).translate(LIKE_AT)
    if not without_invisible(line):
        return
    for delimiter in DELIMITERS:
        cells = [cell for cell in _outside_quotes(line, delimiter) if without_invisible(cell)]
        with_address = [cell for cell in cells if "@" in cell]
        if len(cells) < 2 or (delimiter == "," and "<" in line):
            continue
        if len(with_address) == 1 and "<" not in line:
            others = [cell for cell in cells if "@" not in cell]
            email, name = _address_and_name(with_address[0])
            name = name or (in_order(others[0]) if len(others) == 1 else "")
            typed = line if len(others) == 1 else with_address[0]  # who knows what else it says
            yield Entry(without_invisible(typed), email, name)
            return
        if delimiter != ",":
            for cell in cells:
                yield from _read_line(cell)
            return
    yield from _read_commas(_outside_quotes(line, ","))


def _read_commas(pieces: list[str]) -> Iterator[Entry]:
    """Addresses between commas, which also stand within a name: "Alves, Ana <ana@example.org>"."""
    before = ""
    for piece in filter(without_invisible, pieces):
        if "@" not in piece:
            if before:
                yield Entry(without_invisible(before), bare(before))
            before = piece
        elif "<" in piece and before and piece.split("<")[0].strip():
            yield from _read_piece(f"{before},{piece}")
            before = ""
        else:
            if before:
                yield Entry(without_invisible(before), bare(before))
            before = ""
            yield from _read_piece(piece)
    if before:
        yield Entry(without_invisible(before), bare(before))


def _read_piece(piece: str) -> Iterator[Entry]:
    """One address with its name, or several with blanks between them."""
    tokens = without_invisible(piece).split(" ")
    if len(tokens) > 1 and "<" not in piece and all("@" in token for token in tokens):
        for token in tokens:
            yield Entry(token, bare(token))
        return
    pairs = BRACKETED.findall(piece)
    if len(pairs) > 1 and sum("@" in pair for pair in pairs) == len(pairs):
        for part in re.findall(r"[^<>]*<[^<>]*>", piece):
            yield Entry(without_invisible(part), *_address_and_name(part))
        return
    yield Entry(without_invisible(piece), *_address_and_name(piece))


def _address_and_name(piece: str) -> tuple[str, str]:
    """The address in some words, and the name that stands with it."""
    piece = piece.translate(LIKE_AT)
    bracketed = BRACKETED.search(piece)
    if bracketed:
        email, name = bracketed[1], piece[: bracketed.start()]
    else:
        said = [token for token in without_invisible(piece).split(" ") if "@" in token]
        if len(said) != 1:
            return bare(piece), ""
        email, name = said[0], without_invisible(piece).replace(said[0], " ")
    name = in_order(name)
    return bare(email), "" if "@" in name else name


def _outside_quotes(line: str, delimiter: str) -> list[str]:
    """A line divided where the delimiter stands outside of quotes and angle brackets."""
    if line.count('"') % 2:  # one that is never closed stands for itself
        return line.split(delimiter)
    pieces, quoted, inside = [""], False, False
    for char in line:
        quoted ^= char == '"'
        inside = (inside or char == "<") and char != ">"
        if char == delimiter and not quoted and not inside:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def bare(email: str) -> str:
    """An address without what mail programs and lists set around it."""
    said = re.sub(rf"[\s{JOINERS}]", "", without_invisible(email)).strip("\"'()[]•*·")
    return re.sub(r"\Amailto:", "", said, flags=re.IGNORECASE).rstrip(".,;:")


def unquoted(name: str) -> str:
    """A name without quotes, brackets, numbers and list marks around it."""
    said = re.sub(r'[<>;"]', " ", without_invisible(name))
    said = re.sub(r"\A\s*(\d+[.)](\s+|\Z))+", " ", said)
    bare_name = " ".join(said.split()).strip("'“”„«»‘()[]•*·:–,- ")
    return bare_name if bare_name == name else unquoted(bare_name)


def in_order(name: str) -> str:
    """A name as one says it: "Ana Alves" where a mail program writes "To: Alves, Ana (North)"."""
    name = unquoted(re.sub(r"\([^()]*\)", " ", name)) or unquoted(name)
    name = unquoted(name.rpartition(":")[2])
    family, comma, given = name.partition(",")
    title = "".join(filter(str.isalpha, given)).lower()
    if not comma or "," in given or not given.strip() or title in AFTER_NAMES:
        return name
    return in_order(f"{given} {family}")
