"""Computed styles are worked out once for a house; each document has copies of them.

A style is where WeasyPrint works out, and keeps, the value of each property of an element. What it comes to depends
on the sheets, on the rules that match the element and its ancestors, and on the fonts: all this is the same for the
documents of one house. So a *pattern* is kept, with the fonts, for each run of rules from the root down; elements wear
a copy of it, for WeasyPrint writes into styles as it goes. Styles of pseudo-elements and of margin boxes, most of which
are never looked at, are made when they are.

Documents with sheets of their own, and sheets that depend on more than this (units of the page's size, values that are
complained of when they are worked out), are left to WeasyPrint, and so are elements with a `style` and all in them.

Gain: 26 ms. Leans on `weasyprint.css`: `StyleFor`, whose constructor and three methods are replaced, and
`ComputedStyle`.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.css import ZERO_PIXELS, ComputedStyle, InitialStyle, StyleFor
from weasyprint.logger import PROGRESS_LOGGER

from pressgen.pdf.complaints import count_complaints
from pressgen.pdf.speed.cascade import Cascade, attributes

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pressgen.pdf.speed.cascade import Cascaded, Matched, Sheet

HOUSES, PATTERNS = 4, 5000
"""How many houses are kept for a set of fonts, and how many patterns of one."""
SHARED = frozenset({"user agent", "user"})
"""The origins of sheets that are not a document's own."""
SIDES = ("top", "bottom", "left", "right")

stock_start = StyleFor.__init__
stock_call = StyleFor.__call__
stock_compute = StyleFor.set_computed_styles
stock_add_page = StyleFor.add_page_declarations


class House:
    """The patterns of the styles that some sheets give."""

    def __init__(self, sheets: Sequence[Sheet], base_url: str | None, fonts: Any) -> None:
        self.cascade = Cascade(sheets)
        self.base_url = base_url
        self.fonts = fonts
        self.spoilt = False
        self.count = 0
        self.tops: dict[Hashable, Pattern] = {}
        self.page: dict[str, Any] = {}

    def __getitem__(self, size: str) -> Any:
        """A size of the page, asked for as of `StyleFor.initial_page_sizes`: styles that need it cannot be shared."""
        self.spoilt = True
        return self.page[size]

    def has(self, sheets: Sequence[Sheet], base_url: str | None) -> bool:
        """Whether this is the house of these very sheets."""
        own = self.cascade.sheets
        return (
            base_url == self.base_url
            and len(own) == len(sheets)
            and all(mine[0] is sheet[0] and mine[1:] == sheet[1:] for mine, sheet in zip(own, sheets, strict=True))
        )


class Pattern(ComputedStyle):  # type: ignore[misc]  # WeasyPrint has no types
    """A style that no box wears."""

    def __init__(self, house: House, parent: Pattern | None, cascaded: Cascaded, pseudo: str | None) -> None:
        root = InitialStyle(house.fonts) if parent is None else parent.top
        super().__init__(parent, cascaded, pseudo, root, house.base_url, house.fonts, house)
        self.top: Pattern = self if parent is None else parent.top
        self.house = house
        self.below: dict[Hashable, Pattern] = {}
        house.count += 1

    def __missing__(self, key: str) -> Any:
        before = count_complaints()
        value = super().__missing__(key)
        if count_complaints() != before:
            self.house.spoilt = True
        return value


class Copy(ComputedStyle):  # type: ignore[misc]  # as above
    """A style made after a pattern."""

    def __init__(self, pattern: Pattern, parent: Any, cascaded: Cascaded, of: StyleFor, root: Any) -> None:
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


def _house(fonts: Any, sheets: Sequence[Sheet], base_url: str | None) -> House | None:
    """The house of these sheets, None where styles are not to be shared."""
    if any(origin not in SHARED for _, origin, _ in sheets):
        return None
    houses: list[House] = fonts.__dict__.setdefault("houses", [])
    for house in houses:
        if house.has(sheets, base_url):
            if house.count > PATTERNS:
                houses.remove(house)
                break
            return None if house.spoilt else house
    del houses[HOUSES - 1 :]
    houses.insert(0, House(sheets, base_url, fonts))
    return houses[0]


def start(self: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
    """`StyleFor.__init__`."""
    house = self.house = _house(fonts, sheets, html.base_url)
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
    eager = _elements(self, html, attributes(html, hints), targets)
    for element, pseudo in eager:
        _name(_pseudo(self, element, pseudo), targets)


def _elements(self: Any, html: Any, declared: dict[Any, Cascaded], targets: Any) -> list[tuple[Any, str]]:
    """Give each element its style; the pseudo-elements that are targets of links."""
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
            style = computed[element, None] = _own(self, own, matched, parent, root)
        elif (key := (id(parent), matched.number)) in alike:
            computed[element, None] = alike[key]
            continue
        else:
            style = _made(self, (None, matched.rules), matched.cascaded, parent, root)
            computed[element, None] = alike[key] = style
        if parent is None:
            self.top = style
        _name(style, targets)
    return eager


def _name(style: Any, targets: Any) -> None:
    """Work out the name of what has `style`, as a target of links."""
    if targets and style["anchor"]:
        targets.collect_anchor(style["anchor"])


def _own(self: Any, own: Cascaded, matched: Matched, parent: Any, root: Any) -> Any:
    """The style of an element that declares something itself."""
    stronger = {name: each for name, each in matched.cascaded.items() if name not in own or own[name][1] <= each[1]}
    cascaded = own | stronger
    if own.keys() <= {"anchor", "lang"} and not own.keys() & matched.cascaded.keys():
        language = own.get("lang")
        below = {**matched.cascaded, "lang": language} if language else matched.cascaded
        return _made(self, (None, matched.rules, language), below, parent, root, cascaded)
    return _bare(self, cascaded, None, parent, root)


def _bare(self: Any, cascaded: Cascaded, pseudo: str | None, parent: Any, root: Any) -> Any:
    """A style that WeasyPrint works out by itself."""
    root = InitialStyle(self.font_config) if root is None else root
    return ComputedStyle(parent, cascaded, pseudo, root, self.house.base_url, self.font_config, self.initial_page_sizes)


def _made(
    self: Any, key: tuple[Any, ...], cascaded: Cascaded, parent: Any, root: Any, own: Cascaded | None = None
) -> Any:
    """A copy of the pattern that `key` names below that of `parent`; where there is none, a style without pattern."""
    above = getattr(parent, "pattern", None)
    if parent is not None and above is None:
        return _bare(self, own or cascaded, key[0], parent, root)
    below = self.house.tops if above is None else above.below
    pattern = below.get(key)
    if pattern is None:
        pattern = below[key] = Pattern(self.house, above, cascaded, key[0])
    style = Copy(pattern, parent, own or cascaded, self, InitialStyle(self.font_config) if root is None else root)
    if own and "anchor" in own:
        style.pop("anchor", None)
        style["anchor"] = ComputedStyle.__missing__(style, "anchor")
    return style


def _pseudo(self: Any, element: Any, pseudo: str) -> Any:
    """The style of a pseudo-element, which is given to it."""
    matched, computed = self.matched[element], self._computed_styles
    parent = computed[element, None]
    style = _made(self, (pseudo, matched.rules), matched.pseudo[pseudo], parent, self.top)
    computed[element, pseudo] = style
    return style


def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
    """`StyleFor.__call__`: the style of an element or a page, or of a part of it, None where it has none."""
    if self.house is None:
        return stock_call(self, element, pseudo_type)
    style = self._computed_styles.get((element, pseudo_type))
    if style is None:
        if element in self.pages:
            return _of_page(self, element, pseudo_type)
        if pseudo_type is None or pseudo_type not in self.matched[element].pseudo:
            return None
        style = _pseudo(self, element, pseudo_type)
        _name(style, None)
    _strip(style)
    if pattern := getattr(style, "pattern", None):
        _strip(pattern)
    return style


def _strip(style: Any) -> None:
    """Take away the spaces that the parts of a table do not have."""
    display = style["display"]
    if "table" in display and style["border_collapse"] == "collapse":
        style.update(dict.fromkeys([f"padding_{side}" for side in SIDES], ZERO_PIXELS))
    if len(display) == 1 and display[0].startswith("table-") and display[0] != "table-caption":
        style.update(dict.fromkeys([f"margin_{side}" for side in SIDES], ZERO_PIXELS))


def _of_page(self: Any, page_type: Any, pseudo: str | None) -> Any:
    """The style of a page or of a box in its margin."""
    paged, styles = self.pages[page_type]
    if pseudo in styles:
        _strip(styles[pseudo])
    elif pseudo is None:
        styles[None] = _made(self, ("", paged.rules), paged.cascaded.get(None, {}), self.top, self.top)
    elif pseudo in paged.cascaded:
        if None not in styles:
            _of_page(self, page_type, None)
        styles[pseudo] = _made(self, (pseudo, paged.rules), paged.cascaded[pseudo], styles[None], self.top)
    return styles.get(pseudo)


def compute(self: Any, element: Any, parent: Any, **context: Any) -> None:
    """`StyleFor.set_computed_styles`, which WeasyPrint calls for pages alone: from here on they have other styles."""
    if self.house is None:
        stock_compute(self, element, parent, **context)
    else:
        self.pages[element][1].clear()


def add_page(self: Any, page_type: Any) -> None:
    """`StyleFor.add_page_declarations`."""
    if self.house is None:
        stock_add_page(self, page_type)
    else:
        self.pages[page_type] = self.house.cascade.of_page(page_type, self._page_type_match), {}


def put_in_place() -> None:
    """Let styles be shared."""
    StyleFor.__init__ = start
    StyleFor.__call__ = call
    StyleFor.set_computed_styles = compute
    StyleFor.add_page_declarations = add_page
