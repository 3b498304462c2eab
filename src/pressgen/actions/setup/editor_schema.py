"""JSON Schemas for editors, which read YAML's types where pressgen reads text.

An editor takes `value: 1234` for a number (YAML 1.2, chapter 10.3, core schema), where the models say text. So each
text also accepts the numbers, the booleans and the nothing that pressgen would accept as such a text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import SchemaValidator, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from pressgen.model.record import Record

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("array", "boolean", "null", "number", "object", "string")
"""The types of JSON Schema; an integer is a number."""
INTEGERS = "0 7 12 987 1234 12345 123456 1234567 12345678 -1 +1 007 0o17 0x1f".split()
FLOATS = "0.5 40.5 .5 1. 00.01 -1.5 1e3 1.5e+3 1234e567 .inf -.inf .nan".split()
BOOLEANS = "true True TRUE false False FALSE".split()
NOTHING = ("",)
"""Only the empty text: whoever writes `~` or `null` means nothing, and pressgen would print the word."""


class EditorSchemaGenerator(GenerateJsonSchema):
    """A generator of JSON Schemas that describe YAML's types.

    Its methods are called by pydantic, each for one kind of value.
    """

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Return the schema of a text, with its types in editors.

        Booleans and nothing are admitted by what they are not: an editor would propose a type that is named.
        """
        validator = SchemaValidator(schema)
        named = ["number"] if _accepts(validator, FLOATS) else ["integer"] if _accepts(validator, INTEGERS) else []
        text = {**super().str_schema(schema), "type": ["string", *named] if named else "string"}
        others = {"boolean": BOOLEANS, "null": NOTHING}
        if admitted := [kind for kind, words in others.items() if _accepts(validator, words)]:
            return {"anyOf": [text, {"not": {"type": [kind for kind in KINDS if kind not in admitted]}}]}
        return text

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """Return the schema of true or false, quoted or not."""
        return {
            **super().bool_schema(schema),
            "type": ["boolean", "string"],
            "pattern": "^(true|false)$",
            "patternErrorMessage": "write true or false",
        }

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Return the schema of fixed words, also as YAML's types."""
        words = schema["expected"]
        typed = [value for value in map(_resolve, words) if value not in words]
        return {"enum": [*typed, *words]} if typed else super().literal_schema(schema)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of a value that may be absent, not empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of a value, with a default other than nothing."""
        found = super().default_schema(schema)
        return {key: value for key, value in found.items() if (key, value) != ("default", None)}


def generate_editor_schema(model: type[Record]) -> str:
    """Return the JSON Schema of a file as text, for editors."""
    found = model.model_json_schema(mode="validation", schema_generator=EditorSchemaGenerator)
    return json.dumps({"$schema": DRAFT, **found}, indent=2, ensure_ascii=False) + "\n"


def _accepts(validator: SchemaValidator, texts: Iterable[str]) -> bool:
    for text in texts:
        try:
            validator.validate_python(text)
        except ValidationError:
            continue
        return True
    return False


def _resolve(word: Any) -> Any:  # noqa: ANN401 - a word, or the number or boolean that YAML makes of it
    """Return what an editor takes a word for."""
    try:
        return json.loads(word)
    except ValueError:
        return word
