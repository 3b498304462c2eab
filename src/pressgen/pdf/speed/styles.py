"""Compute styles once for a house, and copy them for each document.

A style is where WeasyPrint computes, and keeps, the value of each property of an element. The values depend on the
sheets, on the rules that match the element and its ancestors, and on the fonts: all this is the same for the documents
of one house. So a *pattern* is kept, with the fonts, for each run of rules from the root down; elements get a copy of
it, because WeasyPrint writes into styles as it goes. Styles of pseudo-elements and of margin boxes, most of which are
never looked at, are made when they are.

Some documents are left to WeasyPrint: those with sheets of their own, and those whose sheets depend on more than this
(units of the page's size, values that cause warnings when they are computed). So are elements with a `style` and all in
them.

Gain: 26 ms. Depends on `weasyprint.css`: `StyleFor`, whose constructor and three methods are replaced, and
`ComputedStyle`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.css import ZERO_PIXELS, ComputedStyle, InitialStyle, StyleFor
from weasyprint.logger import PROGRESS_LOGGER

from pressgen.pdf.captured_warnings import count_warnings
from pressgen.pdf.speed.cascade import Cascade, read_attribute_declarations

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pressgen.pdf.speed.cascade import Cascaded, ElementDeclarations, Sheet

HOUSES, PATTERNS = 4, 5000
"""How many houses are kept for a set of fonts, and how many patterns of one."""
SHARED = frozenset({"user agent", "user"})
"""The origins of sheets that are not a document's own."""
SIDES = ("top", "bottom", "left", "right")

stock_start = StyleFor.__init__
stock_call = StyleFor.__call__
stock_compute = StyleFor.set_computed_styles
stock_add_page = StyleFor.add_page_declarations


class StyleCache:
    """The shared styles of one set of stylesheets."""

    def __init__(self, sheets: Sequence[Sheet], base_url: str | None, fonts: Any) -> None:
        self.cascade = Cascade(sheets)
        self.base_url = base_url
        self.fonts = fonts
        self.spoilt = False
        self.count = 0
        self.tops: dict[Hashable, SharedStyle] = {}
        self.page: dict[str, Any] = {}

    def __getitem__(self, size: str) -> Any:
        """Stop sharing if a style asks for a page size."""
        self.spoilt = True
        return self.page[size]

    def has(self, sheets: Sequence[Sheet], base_url: str | None) -> bool:
        """Return whether the cache is for exactly these stylesheets."""
        own = self.cascade.sheets
        return (
            base_url == self.base_url
            and len(own) == len(sheets)
            and all(mine[0] is sheet[0] and mine[1:] == sheet[1:] for mine, sheet in zip(own, sheets, strict=True))
        )


class SharedStyle(ComputedStyle):
    """A computed style that documents copy and no box uses."""

    def __init__(self, house: StyleCache, parent: SharedStyle | None, cascaded: Cascaded, pseudo: str | None) -> None:
        root = InitialStyle(house.fonts) if parent is None else parent.top
        super().__init__(parent, cascaded, pseudo, root, house.base_url, house.fonts, house)
        self.top: SharedStyle = self if parent is None else parent.top
        self.house = house
        self.below: dict[Hashable, SharedStyle] = {}
        house.count += 1

    def __missing__(self, key: str) -> Any:
        before = count_warnings()
        value = super().__missing__(key)
        if count_warnings() != before:
            self.house.spoilt = True
        return value


class StyleCopy(ComputedStyle):
    """A document's copy of a shared style."""

    def __init__(self, pattern: SharedStyle, parent: Any, cascaded: Cascaded, of: StyleFor, root: Any) -> None:
        self.update(pattern)
        self.pattern = pattern
        self.specified = pattern.specified
        self.parent_style = parent
        self.cascaded = cascaded
        self.is_root_element = parent is None
        self.pseudo_type = pattern.pseudo_type
        self.root_style = root
        self.base_url = pattern.base_url
        self.font_config = pattern.font_config
        self.initial_page_sizes = of.initial_page_sizes
        self.cache = pattern.cache

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.pattern[key]
        return value


def _find_cache(fonts: Any, sheets: Sequence[Sheet], base_url: str | None) -> StyleCache | None:
    """Return the style cache of some sheets, or None.

    None means that the styles cannot be shared.
    """
    if any(origin not in SHARED for _, origin, _ in sheets):
        return None
    houses: list[StyleCache] = fonts.__dict__.setdefault("houses", [])
    for house in houses:
        if house.has(sheets, base_url):
            if house.count > PATTERNS:
                houses.remove(house)
                break
            return None if house.spoilt else house
    del houses[HOUSES - 1 :]
    houses.insert(0, StyleCache(sheets, base_url, fonts))
    return houses[0]


def initialise_styles(self: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
    """Replace `StyleFor.__init__`: take the styles from the cache."""
    house = self.house = _find_cache(fonts, sheets, html.base_url)
    if house is None:
        stock_start(self, html, sheets, hints, fonts, targets)
        return
    self._cascaded_styles = {}
    self._computed_styles = {}
    self._sheets = sheets
    self.initial_page_sizes = house.page = {"box": None, "area": None}
    self.font_config = fonts
    self.matched = {}
    self.pages = {}
    PROGRESS_LOGGER.info("Step 3 - Applying CSS")
    eager = _style_elements(self, html, read_attribute_declarations(html, hints), targets)
    for element, pseudo in eager:
        _collect_anchor(_style_pseudo_element(self, element, pseudo), targets)


def _style_elements(self: Any, html: Any, declared: dict[Any, Cascaded], targets: Any) -> list[tuple[Any, str]]:
    """Give each element its style.

    Return the pseudo-elements that are targets of links.
    """
    computed, cascade = self._computed_styles, self.house.cascade
    alike: dict[tuple[int, int], Any] = {}
    eager = []
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        matched = self.matched[element] = cascade.of(wrapper)
        eager += [(element, name) for name, cascaded in matched.pseudo.items() if "anchor" in cascaded]
        parent = computed[wrapper.parent.etree_element, None] if wrapper.parent else None
        root = None if parent is None else self.top
        if own := declared.get(element):
            style = computed[element, None] = _make_own_style(self, own, matched, parent, root)
        elif (key := (id(parent), matched.number)) in alike:
            computed[element, None] = alike[key]
            continue
        else:
            style = _make_style(self, (None, matched.rules), matched.cascaded, parent, root)
            computed[element, None] = alike[key] = style
        if parent is None:
            self.top = style
        _collect_anchor(style, targets)
    return eager


def _collect_anchor(style: Any, targets: Any) -> None:
    """Collect the anchor of a style as a target of links."""
    if targets and style["anchor"]:
        targets.collect_anchor(style["anchor"])


def _make_own_style(self: Any, own: Cascaded, matched: ElementDeclarations, parent: Any, root: Any) -> Any:
    """Make the style of an element that declares something itself."""
    stronger = {name: each for name, each in matched.cascaded.items() if name not in own or own[name][1] <= each[1]}
    cascaded = own | stronger
    if own.keys() <= {"anchor", "lang"} and not own.keys() & matched.cascaded.keys():
        language = own.get("lang")
        below = {**matched.cascaded, "lang": language} if language else matched.cascaded
        return _make_style(self, (None, matched.rules, language), below, parent, root, cascaded)
    return _make_unshared_style(self, cascaded, None, parent, root)


def _make_unshared_style(self: Any, cascaded: Cascaded, pseudo: str | None, parent: Any, root: Any) -> Any:
    """Make a style that WeasyPrint computes by itself."""
    root = InitialStyle(self.font_config) if root is None else root
    return ComputedStyle(parent, cascaded, pseudo, root, self.house.base_url, self.font_config, self.initial_page_sizes)


def _make_style(
    self: Any, key: tuple[Any, ...], cascaded: Cascaded, parent: Any, root: Any, own: Cascaded | None = None
) -> Any:
    """Make a copy of the shared style named by a key.

    Without a shared style above it, make an unshared one.
    """
    above = getattr(parent, "pattern", None)
    if parent is not None and above is None:
        return _make_unshared_style(self, own or cascaded, key[0], parent, root)
    below = self.house.tops if above is None else above.below
    pattern = below.get(key)
    if pattern is None:
        pattern = below[key] = SharedStyle(self.house, above, cascaded, key[0])
    style = StyleCopy(pattern, parent, own or cascaded, self, InitialStyle(self.font_config) if root is None else root)
    if own and "anchor" in own:
        style.pop("anchor", None)
        style["anchor"] = ComputedStyle.__missing__(style, "anchor")
    return style


def _style_pseudo_element(self: Any, element: Any, pseudo: str) -> Any:
    """Make and store the style of a pseudo-element."""
    matched, computed = self.matched[element], self._computed_styles
    parent = computed[element, None]
    style = _make_style(self, (pseudo, matched.rules), matched.pseudo[pseudo], parent, self.top)
    computed[element, pseudo] = style
    return style


def get_style(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
    """Replace `StyleFor.__call__`: return the style of an element, or None."""
    if self.house is None:
        return stock_call(self, element, pseudo_type)
    style = self._computed_styles.get((element, pseudo_type))
    if style is None:
        if element in self.pages:
            return _get_page_style(self, element, pseudo_type)
        if pseudo_type is None or pseudo_type not in self.matched[element].pseudo:
            return None
        style = _style_pseudo_element(self, element, pseudo_type)
        _collect_anchor(style, None)
    _remove_table_spacing(style)
    if pattern := getattr(style, "pattern", None):
        _remove_table_spacing(pattern)
    return style


def _remove_table_spacing(style: Any) -> None:
    """Remove the margins and padding that table parts cannot have."""
    display = style["display"]
    if "table" in display and style["border_collapse"] == "collapse":
        style.update(dict.fromkeys([f"padding_{side}" for side in SIDES], ZERO_PIXELS))
    if len(display) == 1 and display[0].startswith("table-") and display[0] != "table-caption":
        style.update(dict.fromkeys([f"margin_{side}" for side in SIDES], ZERO_PIXELS))


def _get_page_style(self: Any, page_type: Any, pseudo: str | None) -> Any:
    """Return the style of a page or a margin box."""
    paged, styles = self.pages[page_type]
    if pseudo in styles:
        _remove_table_spacing(styles[pseudo])
    elif pseudo is None:
        styles[None] = _make_style(self, ("", paged.rules), paged.cascaded.get(None, {}), self.top, self.top)
    elif pseudo in paged.cascaded:
        if None not in styles:
            _get_page_style(self, page_type, None)
        styles[pseudo] = _make_style(self, (pseudo, paged.rules), paged.cascaded[pseudo], styles[None], self.top)
    return styles.get(pseudo)


def set_computed_styles(self: Any, element: Any, parent: Any, **context: Any) -> None:
    """Replace `StyleFor.set_computed_styles`: clear the styles of a page.

    WeasyPrint calls it for pages only; from then on they have other styles.
    """
    if self.house is None:
        stock_compute(self, element, parent, **context)
    else:
        self.pages[element][1].clear()


def add_page_declarations(self: Any, page_type: Any) -> None:
    """Replace `StyleFor.add_page_declarations`: take them from the cache."""
    if self.house is None:
        stock_add_page(self, page_type)
    else:
        self.pages[page_type] = self.house.cascade.of_page(page_type, self._page_type_match), {}


def install() -> None:
    """Install the patch: share computed styles between documents."""
    StyleFor.__init__ = initialise_styles
    StyleFor.__call__ = get_style
    StyleFor.set_computed_styles = set_computed_styles
    StyleFor.add_page_declarations = add_page_declarations
