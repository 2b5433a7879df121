"""Tag soup for Hypothesis: tags that open, close and cross as they like, with text between."""

from hypothesis import strategies as st

_STARTS = [
    "p", "div", "span", "b", "strong", "i", "em", 'a href="http://x.example/y|z"', 'a href="#t"', "a name=t", "h1",
    "h2", "h4", "ul", "ol", "li", "li value=3", "dl", "dt", "dd", "table", "tr", "td", "td rowspan=3", "td colspan=4",
    "th", "th colspan=2 scope=col", "thead", "tbody", "tfoot", "caption", "center", "font size=2", "blockquote",
    "pre", "code", "figure", "figcaption", "details", "summary", "ruby", "rt", "rp", "section", "article", "header",
    "form", "button", "label", "fieldset", "legend", "noscript", "svg", "math", "mi", "q", "sub", "sup", "small", "del",
    "ins", "abbr title=x", "bdo", "bdo dir=rtl", "dfn", "nobr", "marquee", "address", "main", "nav", "select",
    "option", "textarea", 'span style="text-align:center"', "p align=right", "acronym", "tt", "strike", "dir", "menu",
    "listing", "xmp", "hgroup", "time", "p id=t", "h2 id=u", "u", "samp", "foo", "o:p", "picture", "search", "big",
    "mark", "cite",
]  # fmt: skip
_HIDDEN = ['p style="display:none"', "div hidden", "span aria-hidden=true"]
_EMBEDDED = ["object data=x", "video src=v.mp4", "iframe src=//v.example/x"]
_WHOLE = [
    "<br>", "<hr>", "<wbr>", "<input>", "<col span=2>", "text", "中文", "&nbsp;", " ", "\n", "<!-- c -->", "a &lt; b",
    "&#11;", "x<y",
]  # fmt: skip
_PICTURES = [
    "<img src=a.png>", '<img src="http://x.example/y.png" alt="图">', "<img>", "<embed src=//e.example/f>",
    "<source src=s.mp4>", '<img src="/i.png" width=10 height=5%>',
]  # fmt: skip


def _pieces(starts, whole):
    names = sorted({start.split()[0] for start in starts})
    return st.lists(
        st.one_of(
            st.sampled_from([f"<{start}>" for start in starts]),
            st.sampled_from([f"</{name}>" for name in names]),
            st.sampled_from(whole),
        ),
        max_size=30,
    ).map("".join)


SOUP = _pieces(_STARTS + _HIDDEN + _EMBEDDED, _WHOLE + _PICTURES)
# All text of it is shown.
TEXT_SOUP = _pieces([start for start in _STARTS if start != "rp"], _WHOLE)
