"""The format of release.yaml and house.yaml.

It is written as JSON Schema and as a manual page, both made from the models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.actions.setup.editor_schema import generate_editor_schema
from pressgen.model.house import House
from pressgen.model.release import Release

if TYPE_CHECKING:
    from collections.abc import Iterator

INTRODUCTION = """\
# The format

Made by `pressgen schema --manual` from the models that check every release; do not edit.

A release is one file, `releases/NAME/release.yaml`, with its pictures beside it. YAML's guesses are off: `00.01`,
`no` and `12:30` stay what you typed. A key typed twice, an unknown key, a tab or a bad byte is refused with its line.

**Prose** (headline, subhead, paragraphs, quotations, list entries, cells, notes) takes

- `*stress*`, `**strong stress**` and `[words](https://…)`, as in CommonMark; `[words](links.ID)` for a link that the
  release lists; a backslash before a mark prints the mark itself: `\\*`, `\\[`, `\\{`;
- `[words]{lang=cy}` for words in another language, which screen readers and spelling checkers then take for what they
  are in page, PDF and Word; a link stands within the brackets, not round them;
- `{{ facts.ID }}` and any other name of the release: `people.ID.name`, `terms.CRC`, `findings.ID.rating`,
  `times.embargo`, `links.ID.url`. Figures print in the reader's way (`3930` as 3,930). Filters: `nearest(1000)`,
  `up(10)`, `down(10)` round, and are refused where the word before them says otherwise (“nearly”, “more than”);
  `plain` leaves out the marks for thousands; `date`, `time`, `moment`, `zone`, `utc` show a time;
- `[^ID]`, which prints the number of the note and links to it.

Straight quotes, apostrophes and `--` become the language's own marks; what is typed curly is left alone. Runs of
spaces and line ends are one space. Attribution and the marks round a quotation are made, never typed.

**Other languages**: `release.cy.yaml` beside `release.yaml` is its translation, in the same format, and builds
`NAME.cy.docx` and so on beside the others. Figures, times, people, notes, ratings and who says what must agree; what
does not is refused with both places. The house says its words in that language under `languages`.

**Times** are wall-clock times in one zone: `2019-05-08 00:01`. A time that does not exist because clocks go forward is
refused, and so is one that occurs twice, until `fold` says which is meant. `issue` comes before `embargo`, `publish`
not before it.
"""


def generate_schema(*, house: bool = False) -> str:
    """Return the JSON Schema of release.yaml, or of house.yaml, as text."""
    return generate_editor_schema(House if house else Release)


def generate_format_manual() -> str:
    """Return the manual page of both formats, as Markdown."""
    release, house = (model.model_json_schema(mode="validation") for model in (Release, House))
    pages = [
        INTRODUCTION,
        *_format_section("release.yaml", release),
        *_format_section("templates/HOUSE/house.yaml", house, release),
    ]
    return "\n".join(pages)


def _format_section(title: str, schema: dict[str, Any], told: dict[str, Any] | None = None) -> Iterator[str]:
    yield f"## {title}\n"
    yield _format_table(schema)
    for name, record in schema["$defs"].items():
        if "properties" in record and name not in (told or {}).get("$defs", {}):
            yield f"### {_format_title(name)}\n\n{record.get('description', '')}\n"
            yield _format_table(record)


def _format_table(record: dict[str, Any]) -> str:
    rows = ["| key | holds | what it is for |", "| --- | --- | --- |"]
    needed = record.get("required", [])
    for key, field in record["properties"].items():
        told = f"{field.get('description', '')} {_format_default(field)}".strip()
        rows.append(f"| `{key}`{' (needed)' if key in needed else ''} | {_describe_kind(field)} | {told} |")
    return "\n".join(rows) + "\n"


def _format_default(field: dict[str, Any]) -> str:
    default = field.get("default")
    if default is None or default in ((), [], {}) or isinstance(default, dict):
        return ""
    shown = str(default).lower() if isinstance(default, bool) else default
    return f"Otherwise `{shown}`."


def _describe_kind(field: dict[str, Any]) -> str:
    """Describe what a key holds, with links to other records."""
    if "$ref" in field:
        name = _format_title(str(field["$ref"]).rpartition("/")[2])
        return f"[{name}](#{name.lower().replace(' ', '-')})"
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " or ".join(f"`{each}`" for each in field["enum"])
    if kinds := field.get("anyOf") or field.get("oneOf"):
        return " or ".join(dict.fromkeys(_describe_kind(each) for each in kinds if each.get("type") != "null"))
    match field.get("type"):
        case "array" if "prefixItems" in field:
            return "list of " + str(len(field["prefixItems"])) + " texts"
        case "array":
            return "list of " + _describe_kind(field["items"])
        case "object":
            values = field.get("patternProperties") or {"": field["additionalProperties"]}
            return "by name: " + " or ".join(_describe_kind(each) for each in values.values())
        case "boolean":
            return "`true` or `false`"
        case _:
            return "text"


def _format_title(name: str) -> str:
    """Return the heading of a record."""
    return name.replace("Block", " block")
