"""What the XML of a Word file says that a template may not, read as Word reads it: by names and values. Pure.

However something is spelt, by another prefix, with character references, in several pieces, it is the same to Word.
Which parts of a file are read is the business of ``word_template``.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

Fault = tuple[str, str]
"""What is wrong, and the remedy."""

FETCHES: Fault = ("fetches something from elsewhere", "put pictures into the file itself")
NAMES: Fault = ("has comments or tracked changes with names", "accept the changes, delete the comments")
DOCTYPE: Fault = ("declares a document type", "save it again in Word")
NO_XML: Fault = ("cannot be read", "save it again in Word")

FETCHING = frozenset({"altChunk", "mailMerge"})
"""Elements by which Word reads another file when it opens this one, or asks a database."""

PERSON = "person"
"""An entry of the list of people that Word keeps in a part of its own: of that list nothing is written."""

_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
LONGEST_NAME = 200
"""Characters of an instruction of a field among which its name is looked for."""


def fault_of(content: bytes) -> Fault | None:
    """Return the first thing that an XML part says and a template may not; ``None`` where there is none."""
    try:
        _Reading().parser.Parse(content, True)  # noqa: FBT003  # as expat is called
    except _Found as found:
        return found.fault
    except expat.ExpatError:
        return NO_XML
    return None


class _Found(Exception):
    """Something that a template may not say: the rest is not read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(*fault)
        self.fault = fault


class _Reading:
    """One part, with the fields that stand open, each within the one before."""

    def __init__(self) -> None:
        self.fields: list[str] = [""]
        self.is_field = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        said = {_local(key): value for key, value in attributes.items()}
        self.is_field = name == "instrText"
        if name == "fldChar" and said.get("fldCharType") == "begin":
            self.fields.append("")
        elif name == "fldChar" and said.get("fldCharType") == "end" and len(self.fields) > 1:
            self.fields.pop()
        elif name == "fldSimple":
            _check_field(said.get("instr", ""))
        elif name in FETCHING or (name == "Relationship" and _is_fetched(said)) or _is_picture(name, said):
            raise _Found(FETCHES)
        elif "author" in said and name != PERSON:
            raise _Found(NAMES)

    def _end(self, _tag: str) -> None:
        self.is_field = False

    def _text(self, text: str) -> None:
        if self.is_field and len(self.fields[-1]) < LONGEST_NAME:
            self.fields[-1] += text
            _check_field(self.fields[-1])

    def _doctype(self, *_: object) -> None:
        raise _Found(DOCTYPE)


def _check_field(instruction: str) -> None:
    found = _FIELD.match(instruction)
    if found:
        field = found.group(1).upper()
        raise _Found((f"has a field {field}, which fetches or runs something", "take the field out"))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _is_fetched(said: Mapping[str, str]) -> bool:
    """Tell whether a relationship leads out of the file; links to web pages, which a person follows, may stand."""
    is_link = said.get("Type", "").endswith("/hyperlink") and _WEB.match(said.get("Target", ""))
    return said.get("TargetMode", "").lower() == "external" and not is_link


def _is_picture(name: str, said: Mapping[str, str]) -> bool:
    """Tell whether an element of the older drawings names its picture by an address."""
    return name in {"imagedata", "fill", "stroke"} and bool({"src", "href", "althref"} & set(said))
