"""Other people's HTML made safe, by nh3 and one policy.

What comes out is well-formed, in one spelling, and holds nothing but the tags and attributes
listed here; scripts, handlers and styles are gone. It is not yet what a page shows: `conform`
takes the hints that the policy leaves in `style`, `hidden` and `aria-hidden`, turns what would be
fetched from other hosts into links, and drops every tag that is listed only for its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

from generator.source.content_model import tag_names
from generator.text.patterns import late

# Tags that mean nothing to readers: `conform` keeps their content. They are let through because
# their attributes may say that the content is hidden.
UNWRAPPED = tag_names(
    "article aside big blink button data fieldset font footer form header hgroup label legend main "
    "marquee nav nobr picture search section span time"
)
_KEPT = tag_names(
    "a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small strong "
    "sub summary sup table tbody td tfoot th thead tr u ul var wbr"
)
# Known but not conforming: `conform` gives them the names of today.
_OBSOLETE = tag_names("acronym address center dir listing menu strike tt")
# Fetched from elsewhere: `conform` makes links of them. `x-…` are frames, see `_FOREIGN`.
_EMBEDDED = tag_names("audio embed object source video x-frame x-iframe")
_REMOVED = frozenset(("script", "style", "template", "title"))
# Read by other rules than the rest of HTML, the ground of most attacks: by another name (`x-…`)
# their content is read like any other, and its text is kept.
_FOREIGN = tag_names("frame frameset iframe math noembed noframes noscript plaintext svg xmp")
_OTHER = tag_names(
    "applet area base basefont bgsound body canvas col colgroup command datalist dialog head html "
    "image input isindex keygen link map menuitem meta meter optgroup option output param progress "
    "rb rtc select slot spacer textarea track"
)
_SAFE_NAMES = _KEPT | UNWRAPPED | _OBSOLETE | _EMBEDDED | _REMOVED | _OTHER

_ATTRIBUTES = {
    "*": {"align", "aria-hidden", "class", "dir", "hidden", "id", "style"},
    "a": {"href", "name", "title"},
    "abbr": {"title"},
    "acronym": {"title"},
    "audio": {"src", "title"},
    "details": {"open"},
    "embed": {"src", "title"},
    "img": {"alt", "data-original", "data-src", "height", "src", "title", "width"},
    "li": {"value"},
    "object": {"data", "title"},
    "ol": {"reversed", "start", "type"},
    "source": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "video": {"src", "title"},
    "x-frame": {"src", "title"},
    "x-iframe": {"src", "title"},
}
# `data:` is for pictures; `Targets` and `Attributes` let it pass nowhere else.
_SCHEMES = {"data", "http", "https", "mailto", "tel"}
_CLASSES = late(r"footnote(?:-ref|-backref)?|language-[\w+#.-]{1,40}")
_HIDING = late(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0*\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0*\.?0*(?:px|pt|em|rem|%)?\s*(?:[;!]|$)|text-indent\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_ALIGNING = late(r"text-align\s*:\s*(center|right|end)\b", re.IGNORECASE)
_NUMBER = late(r"[0-9]{1,5}")
_STYLE_COMMENT = late(r"/\*.*?\*/", re.DOTALL)

_NAME = late(r"</?([a-zA-Z][^\s/>]*)")
_END_NAME = late(r"</([a-zA-Z][^\s/>]*)")
_TAG = late(r"<(?:(https?://[^\s<>\"']++)>|(/?)([a-zA-Z][^\s/>]*)(>?))")
_PLAIN_NAME = late(r"[\w.]+")
# Formatting elements that parsers open again in every block that follows them.
_FORMATTING = late(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\s[^>]*>", re.IGNORECASE
)
_NESTING = late(
    r"<(/?)(?:address|article|aside|b|big|blockquote|center|code|dd|details|dir|div|dl|dt|em"
    r"|fieldset|figcaption|figure|font|footer|form|h[1-6]|header|i|li|listing|main|menu|nav|nobr|ol"
    r"|pre|s|section|small|strike|strong|summary|tt|u|ul)(?:\s[^>]*)?>",
    re.IGNORECASE,
)
_CROWDED = late(r"<([a-zA-Z][^\s<>/]*)(\s[^<>]{5000,})>")
# Above these, an HTML parser's work is looked at before it is given any.
_MANY = 1000
_LONG = 100_000
_DEEP = 500
_MOST_NESTING = 10_000
# Characters that HTML forbids. Those beyond the first plane are looked for one by one, which costs
# nothing in a text that has none of that plane; in the pattern they would make it ten times slower.
_FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
FORBIDDEN_BEYOND = tuple(
    chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)


class Sanitiser:
    """The policy, ready for use; one a process."""

    def __init__(self) -> None:
        self._cleaner = nh3.Cleaner(
            tags=set(_KEPT | UNWRAPPED | _OBSOLETE | _EMBEDDED),
            clean_content_tags=set(_REMOVED),
            attributes=_ATTRIBUTES,
            attribute_filter=_filter_attribute,
            url_schemes=_SCHEMES,
            link_rel=None,
        )

    def clean(self, html: str) -> str:
        """Clean a fragment. Never raises for bad input, and takes time in proportion to it.

        Tags of unknown names that are text to all appearance (`<username>`) come out as text.
        """
        names = set(_NAME.findall(html))
        if not names <= _SAFE_NAMES:
            names = {name.lower() for name in names}
            html = _rename_tags(html, has_drawing=not names.isdisjoint(("svg", "math")))
        if len(html) > _LONG or html.count("<") > _MANY:
            html = _tame(html)
        try:
            clean = self._cleaner.clean(html)
        except UnicodeEncodeError:  # lone surrogates
            clean = self._cleaner.clean(html.encode("utf-8", "replace").decode("utf-8"))
        for character in FORBIDDEN_BEYOND:
            if character in clean:
                clean = clean.replace(character, "")
        return _FORBIDDEN.sub("", clean) if _FORBIDDEN.search(clean) else clean


def _rename_tags(html: str, *, has_drawing: bool) -> str:
    """Make tags that are not plain HTML harmless: text where they are text, else by another name.

    A name alone in brackets that is never closed is text (`ssh <username>@host`). nh3 would drop
    unknown tags with all they hold where SVG or MathML knows the name (`<path>`).
    """
    closed = {name.lower() for name in _END_NAME.findall(html)}

    def rename(match: re.Match[str]) -> str:
        address, slash, name, end = match.groups()
        if address:
            return f"&lt;{address}&gt;"
        lower = name.lower()
        if lower in _SAFE_NAMES:
            return match[0]
        is_text = end and not (has_drawing or lower in closed or lower in _FOREIGN)
        if is_text and _PLAIN_NAME.fullmatch(name):
            return f"&lt;{name}&gt;"
        return f"<{slash}x-{name}{end}"

    return _TAG.sub(rename, html)


def _tame(html: str) -> str:
    """Take away what makes an HTML parser's work grow with the square of its input.

    Formatting elements that differ in their attributes are all opened again in each block that
    follows, equal ones three times at most; each start tag looks through all that is open; each
    attribute is held against those before it.
    """
    formatting = len(_FORMATTING.findall(html))
    if formatting * html.count("<") > _MANY * _MANY:
        html = _FORMATTING.sub(r"<\1>", html)
    depth = deepest = starts = 0
    for match in _NESTING.finditer(html):
        starts += not match[1]
        depth = max(depth + (-1 if match[1] else 1), 0)
        deepest = max(deepest, depth)
    if deepest > _DEEP or starts > _MOST_NESTING:
        html = _NESTING.sub("\n", html)
    if len(html) > _LONG:
        html = _CROWDED.sub(
            lambda match: f"<{match[1]}>" if len(match[2].split()) > _DEEP else match[0], html
        )
    return html


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    """What an attribute is worth to `conform`; None drops it. Must not raise."""
    rule = _RULES.get(name)
    return rule(value) if rule else value


def _read_style(value: str) -> str | None:
    """`hidden`, `center` or `right`, where a style says so."""
    if "/*" in value:
        value = _STYLE_COMMENT.sub("", value)
    if _HIDING.search(value):
        return "hidden"
    aligned = _ALIGNING.search(value)
    return _read_alignment(aligned[1]) if aligned else None


def _read_alignment(value: str) -> str | None:
    names = {"center": "center", "middle": "center", "right": "right", "end": "right"}
    return names.get(value.strip().lower())


def _read_classes(value: str) -> str | None:
    return " ".join(name for name in value.split() if _CLASSES.fullmatch(name)) or None


def _read_length(value: str) -> str | None:
    value = value.strip().removesuffix("px")
    return value if _NUMBER.fullmatch(value) else None


def _read_ordinal(value: str) -> str | None:
    value = value.strip()
    return value if _NUMBER.fullmatch(value.removeprefix("-")) else None


def _read_hidden(_value: str) -> str:
    return "hidden"


def _read_aria_hidden(value: str) -> str | None:
    return "hidden" if value.strip().lower() == "true" else None


_RULES: dict[str, Callable[[str], str | None]] = {
    "align": _read_alignment,
    "aria-hidden": _read_aria_hidden,
    "class": _read_classes,
    "colspan": _read_length,
    "height": _read_length,
    "hidden": _read_hidden,
    "rowspan": _read_length,
    "start": _read_ordinal,
    "style": _read_style,
    "value": _read_ordinal,
    "width": _read_length,
}
