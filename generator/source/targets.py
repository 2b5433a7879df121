"""Link targets of article bodies: our pages for old addresses, and valid URLs for the rest.

A URL is mended as browsers read it (https://url.spec.whatwg.org/#url-parsing), so that it leads
where it led and a conformance checker has nothing to say about it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import msgspec

from generator.text.patterns import late

# Before every id of an article's own, so that none meets an id of the page around it.
ID_PREFIX = "a-"

# An address as nearly all are: nothing to mend.
_SOUND = late(
    r"(?:https?:)?+//[a-z0-9]++(?:[.-][a-z0-9]++)*+(?<=[a-z])(?:/[-\w.~!$&'()*+,;=:@/]*+)?+"
    r"(?:\?[-\w.~!$&'()*+,;=:@/?]*+)?+"
)
_SCHEME = late(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED = late(r"[\t\n\r]")
_HOST = late(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = late(r"[0-9]+|0x[0-9a-f]*")
# What may not stand in a path, query or fragment, white space and broken escapes included.
_ILLEGAL = late(
    '[\\x00-\\x20"<>\\\\^`{|}\\[\\]\\x7f-\\x9f\\ufdd0-\\ufdef\\ufffe\\uffff]|%(?![0-9a-fA-F]{2})'
)


class Target(msgspec.Struct, frozen=True, gc=False):
    """Where a link leads: a URL fit for an attribute (not yet escaped), and whether it leaves us."""

    url: str
    is_remote: bool


class Targets:
    """Answers the raw targets of one article's links and pictures."""

    __slots__ = ("_resolve", "_root")

    def __init__(self, resolve: Mapping[str, str], root: str) -> None:
        """`resolve` maps targets, entities decoded, to hrefs that hold on the article's page.

        `root` is the way from there to the site's root: `../../`.
        """
        self._resolve = resolve
        self._root = root

    def find(self, raw: str) -> Target | None:
        """The target of a link; None where it leads nowhere we would send a reader."""
        if _SOUND.fullmatch(raw) and raw not in self._resolve:
            return Target(f"https:{raw}" if raw.startswith("/") else raw, is_remote=True)
        href = self.look_up(raw)
        if href is not None:
            return Target(href, is_remote=False)
        url = mend_url(raw)
        return None if url is None else Target(url, is_remote=bool(_SCHEME.match(url)))

    def look_up(self, raw: str) -> str | None:
        """The href of our page that answers a target; None where there is none."""
        href = self._resolve.get(raw.strip())
        return None if href is None else _name_fragment(href)

    def find_file(self, raw: str) -> Target | None:
        """The target of a picture or other file; an address from the old root holds from ours."""
        target = self.find(raw)
        if target is None or not target.url.startswith("/"):
            return target
        return Target((self._root or "./") + target.url[1:], is_remote=False)


def name_id(raw: str) -> str:
    """The id on our page for an id of an article's own."""
    return ID_PREFIX + "-".join(raw.split())


def _name_fragment(href: str) -> str:
    """A link to a page of ours, with the fragment that the id has there."""
    page, mark, fragment = href.partition("#")
    if not fragment:
        return page
    return page + mark + encode(name_id(unquote(fragment))).replace("#", "%23")


def mend_url(raw: str) -> str | None:
    """A valid URL, absolute with the schemes http, https, mailto and tel, or relative; or None.

    Only http and https URLs are remote places; `//host/path` becomes one. User names in URLs are
    dropped. None for other schemes (and so for any script), and for a host that cannot exist.
    """
    url = _IGNORED.sub("", raw).strip("".join(map(chr, range(0x21))))
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if match and scheme in ("http", "https"):
        return _mend_remote(scheme, url[match.end() :])
    if match:
        rest = encode(url[match.end() :].strip())
        return f"{scheme}:{rest}" if scheme in ("mailto", "tel") and rest else None
    if url[:2] in ("//", "\\\\", "/\\", "\\/"):
        return _mend_remote("https", url)
    return _mend_path(url)


def _mend_remote(scheme: str, rest: str) -> str | None:
    rest = rest.lstrip("/\\")
    end = re.search(r"[/\\?#]", rest)
    authority, path = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    host, port = _split_port(authority.rpartition("@")[2])
    host = _mend_host(host)
    if not host or (port and not (port.isascii() and port.isdigit() and int(port) < 65536)):
        return None
    return f"{scheme}://{host}{':' if port else ''}{port}{_mend_path(path)}"


def _split_port(authority: str) -> tuple[str, str]:
    if authority.endswith("]"):
        return authority, ""
    host, colon, port = authority.rpartition(":")
    return (host, port[:6]) if colon else (port, "")


def _mend_host(host: str) -> str:
    """A host in ASCII and lower case; "" for none."""
    try:
        if host.startswith("[") and host.endswith("]"):
            return f"[{ipaddress.IPv6Address(host[1:-1])}]"
        host = unquote(host).strip().lower()
        if not host.isascii() or "xn--" in host:
            host = host.encode("idna").decode()
            host.encode().decode("idna")
        last = host.removesuffix(".").rpartition(".")[2]
        if _NUMBER.fullmatch(last):
            return str(ipaddress.IPv4Address(host))
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) and len(host) < 254 else ""


def _mend_path(url: str) -> str:
    head, mark, fragment = url.partition("#")
    beyond = head.find("?")
    path, query = (head, "") if beyond < 0 else (head[:beyond], head[beyond:])
    return encode(path.replace("\\", "/") + query) + mark + encode(fragment).replace("#", "%23")


def encode(text: str) -> str:
    """Percent-encode what may not stand in a URL, and nothing else."""
    return _ILLEGAL.sub(lambda match: quote(match[0], safe=""), text)
