"""Share one Pango context and font description between lines of one style.

WeasyPrint makes them for each line. Here they are kept with the fonts, by the values that they are made from.

Gain alone: 3.4 ms. Depends on `text.line_break.Layout.setup` and `text.fonts.get_font_description`, and on `faces`,
which clears what is kept.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

MOST = 500
FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
"""The properties that the features of a font are made from, in the order that `font_features` takes."""
Context = tuple[Any, Any, Any, bytes]
"""The context, the font description, the language, the features of the font."""


def prepare_layout(layout: Any, style: Any) -> None:
    """Replace `Layout.setup`: prepare a layout with shared Pango contexts."""
    fonts = style.font_config
    contexts = fonts.__dict__.setdefault("contexts", {})
    key = (
        style["direction"],
        style["lang"],
        style["font_language_override"],
        tuple(style["font_family"]),
        style["font_style"],
        style["font_stretch"],
        style["font_weight"],
        style["font_size"],
        style["font_variation_settings"],
        *[style[name] for name in FEATURES],
    )
    found = contexts.get(key)
    if found is None:
        if len(contexts) >= MOST:
            contexts.clear()
        found = contexts[key] = _make_context(style)
    context, description, layout.language, features = found
    layout.style = style
    layout.first_line_direction = 0
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    if style["text_decoration_line"] != "none":
        _measure_text_lines(layout, context, description)
    if features:
        attribute = fonts.font_features.get(features)
        if attribute is None:
            attribute = fonts.font_features[features] = pango.pango_attr_font_features_new(features)
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _make_context(style: Any) -> Context:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if name:
        language = pango.pango_language_from_string(name.encode().replace(b"\0", b""))
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return context, get_font_description(style), language, _list_font_features(style)


def _list_font_features(style: Any) -> bytes:
    features = font_features(*[style[name] for name in FEATURES])
    return ",".join(f"{name} {value}" for name, value in features.items()).encode()


def _measure_text_lines(layout: Any, context: Any, description: Any) -> None:
    """Measure where underlines and strikethroughs go."""
    metrics = ffi.gc(
        pango.pango_context_get_metrics(context, description, layout.language), pango.pango_font_metrics_unref
    )
    layout.ascent = FROM_UNITS * pango.pango_font_metrics_get_ascent(metrics)
    layout.underline_position = FROM_UNITS * pango.pango_font_metrics_get_underline_position(metrics)
    layout.strikethrough_position = FROM_UNITS * pango.pango_font_metrics_get_strikethrough_position(metrics)
    layout.underline_thickness = FROM_UNITS * pango.pango_font_metrics_get_underline_thickness(metrics)
    layout.strikethrough_thickness = FROM_UNITS * pango.pango_font_metrics_get_strikethrough_thickness(metrics)


def install() -> None:
    """Install the patch: share Pango contexts between lines."""
    Layout.setup = prepare_layout
