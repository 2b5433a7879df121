"""The attributes of single tags, from sanitised HTML to the page.

Reads the tags that `sanitise` writes (double quotes, lower case, no doubles) and writes those that
an article may have: what is not named here is not written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape, unescape
from urllib.parse import unquote

from generator.source.targets import Target, Targets, encode, name_id
from generator.text.patterns import late

_ATTRIBUTE = late(r' ([a-z-]+)="([^"]*)"')
_PICTURE_DATA = late(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=\s]+")
_HIDDEN_MARKS = (' style="hidden"', ' hidden="', ' aria-hidden="')
# What a page can say of an address outside the archive: not ours, not vouched for, not told of us.
_REMOTE = ' rel="external nofollow noreferrer"'


def parse_attributes(raw: str) -> dict[str, str]:
    """The attributes of a sanitised tag; values have their entities decoded."""
    return {
        name: unescape(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(raw)
    }


def is_hidden(raw: str) -> bool:
    """Whether a sanitised tag's attributes hide it from readers."""
    return any(mark in raw for mark in _HIDDEN_MARKS)


class Attributes:
    """Writes the attributes of one article's tags, each with a space before it."""

    __slots__ = ("_image_label", "_keeps_remote", "_targets", "_used", "anchors")

    def __init__(
        self, targets: Targets, anchors: Collection[str], *, remote_images: str, image_label: str
    ) -> None:
        """`anchors` are the ids, by `name_id`, that the article has and its own links lead to."""
        self._targets = targets
        self._image_label = image_label
        self._keeps_remote = remote_images == "keep"
        self._used: set[str] = set()
        self.anchors = anchors

    def write(self, tag: str, raw: str) -> str:
        """The attributes of any tag but links and pictures."""
        attributes = parse_attributes(raw)
        written = _write_common(attributes)
        for name in _OWN.get(tag, ()):
            value = attributes.get(name)
            if value is None or value not in _VALUES.get(name, (value,)):
                continue
            written += f" {name}" if name in _BOOLEAN else f' {name}="{escape(value)}"'
        return written

    def write_id(self, raw: str, *, is_heading: bool = False) -> str:
        """The id, where a link of the article or of another leads to it; each is given once."""
        attributes = parse_attributes(raw)
        own = (attributes.get("id") or attributes.get("name", "")).strip()
        name = name_id(own)
        if not own or name in self._used or not (is_heading or name in self.anchors):
            return ""
        self._used.add(name)
        return f' id="{escape(name)}"'

    def write_link(self, raw: str) -> str:
        """The attributes of an `a`; "" where it leads nowhere."""
        attributes = parse_attributes(raw)
        href = attributes.get("href", "").strip()
        if href.startswith("#"):
            name = name_id(unquote(href[1:]))
            if name not in self.anchors:
                return ""
            url, rel = "#" + encode(name).replace("#", "%23"), ""
        else:
            target = self._targets.find(href) if href else None
            if target is None or not target.url:
                return ""
            url, rel = target.url, _REMOTE if target.url.startswith("http") else ""
        title = attributes.get("title")
        return (
            _write_common(attributes)
            + f' href="{escape(url)}"'
            + (f' title="{escape(title)}"' if title else "")
            + rel
        )

    def write_image(self, raw: str) -> tuple[str, bool]:
        """A picture as a tag, or as a link where it is elsewhere; and whether it is a link.

        A picture without an address leaves its alternative text.
        """
        attributes = parse_attributes(raw)
        alt = " ".join(attributes.get("alt", "").split())
        target = self._find_picture(attributes)
        if target is None:
            return escape(alt), False
        if target.is_remote and not self._keeps_remote:
            colon = ": " if self._image_label.isascii() else "："
            label = f"{self._image_label}{colon}{alt}" if alt else self._image_label
            return (
                f'<a class="remote-image" href="{escape(target.url)}"{_REMOTE}>{escape(label)}</a>',
                True,
            )
        written = "".join(
            f' {name}="{escape(attributes[name])}"'
            for name in ("width", "height", "title")
            if attributes.get(name)
        )
        policy = ' referrerpolicy="no-referrer"' if target.is_remote else ""
        html = f'<img src="{escape(target.url)}" alt="{escape(alt)}"{written}'
        return f'{html} loading="lazy" decoding="async"{policy}>', False

    def write_media(self, raw: str) -> str:
        """A link to what a frame, video, sound or object would have shown; "" for none."""
        attributes = parse_attributes(raw)
        source = attributes.get("src") or attributes.get("data", "")
        target = self._targets.find_file(source) if source.strip() else None
        if target is None or not target.url:
            return ""
        label = " ".join(attributes.get("title", "").split())
        label = label or re.sub(r"^https?://|[?#].*", "", target.url).rstrip("/")
        rel = _REMOTE if target.is_remote else ""
        return f'<a class="remote-media" href="{escape(target.url)}"{rel}>{escape(label)}</a>'

    def _find_picture(self, attributes: dict[str, str]) -> Target | None:
        # Pages that load pictures late keep the address elsewhere and show a stand-in meanwhile.
        for name in ("data-original", "data-src", "src"):
            source = attributes.get(name, "").strip()
            if not source:
                continue
            if source.startswith("data:"):
                if _PICTURE_DATA.fullmatch(source):
                    return Target("".join(source.split()), is_remote=False)
                continue
            target = self._targets.find_file(source)
            if target is not None and target.url:
                return target
        return None


def _write_common(attributes: dict[str, str]) -> str:
    names = attributes.get("class", "").split()
    aligned = attributes.get("style") or attributes.get("align")
    if aligned in ("center", "right"):
        names.append(f"align-{aligned}")
    written = f' class="{escape(" ".join(names))}"' if names else ""
    direction = attributes.get("dir", "").lower()
    return f'{written} dir="{direction}"' if direction in ("ltr", "rtl", "auto") else written


_OWN = {
    "abbr": ("title",),
    "details": ("open",),
    "li": ("value",),
    "ol": ("reversed", "start", "type"),
    "th": ("scope",),
}
_BOOLEAN = ("open", "reversed")
_VALUES = {"scope": ("row", "col", "rowgroup", "colgroup"), "type": ("1", "a", "A", "i", "I")}
