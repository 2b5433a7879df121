"""Edits of a site, as people make them; each by its name."""

from itertools import count

from building import post

CONFIG = '[site]\ntitle = "旧闻"\nbase_url = "https://archive.example/old"\n[lists]\nper_page = 3\n'
# Indexing is half of what a small build costs, and is no part of a live site.
CONFIG += "[search]\nenabled = false\n"


def start_files():
    files = {
        "backfile.toml": CONFIG,
        "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "assets/site.css": "p { color: #111 }",
    }
    for number in range(12):
        files[f"content/{number:02}.md"] = post(
            f"第{number}条",
            f"2021-{1 + number % 3:02}-{1 + number % 5:02} 08:{number:02}:00 +0800",
            f"<p>正文{number}。<a href='/news/2021/01/01/00.html'>旧文</a></p>",
            categories=("要闻", "股市", "news")[number % 3],
            tags=f"标签{number % 2}",
        )
    return files


class Editor:
    """Saves files of a site, and remembers what was saved."""

    def __init__(self, root):
        self.root, self._numbers = root, count(1)
        self._saved = set()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self._saved.add(path)

    def remove(self, path):
        path.unlink()
        self._saved.add(path)

    def articles(self):
        return sorted((self.root / "content").glob("*.md"))

    def append(self, path, text):
        self.write(path.relative_to(self.root), f"{path.read_text('utf-8')}\n{text}\n")

    def state(self, path, key, value):
        """Set a key of the front matter, where there is any."""
        lines = path.read_text("utf-8").split("\n")
        if lines[0] == "---":
            lines = [
                "---",
                f"{key}: {value}",
                *(x for x in lines[1:] if not x.startswith(f"{key}:")),
            ]
        self.write(path.relative_to(self.root), "\n".join(lines))

    def edit(self, kind, at):
        """Make an edit of EDITS at the article numbered `at`."""
        articles = self.articles()
        article, other = articles[at % len(articles)], articles[(at + 1) % len(articles)]
        EDITS[kind](self, article, other, next(self._numbers))

    def take(self):
        """What was saved since the last time."""
        saved, self._saved = self._saved, set()
        return saved


def _copy(editor, article, name):
    editor.write(f"content/{name}.md", article.read_text("utf-8"))


def _rename(editor, article, number):
    _copy(editor, article, f"renamed-{number}")
    editor.remove(article)


def _link(editor, article, other, number):
    target = f"/{other.stem}.html" if number % 2 else other.name
    editor.append(article, f"[见]({target})")


def _remove(editor, article):
    if len(editor.articles()) > 3:
        editor.remove(article)


def _state(key, *values):
    """Give the key the next of some values, in which `%` is a new number."""

    def state(editor, article, _other, number):
        editor.state(article, key, values[number % len(values)].replace("%", str(number)))

    return state


def _write(name, *texts):
    """Write the next of some texts into a file, as `_state` does."""

    def write(editor, _article, _other, number):
        editor.write(name, texts[number % len(texts)].replace("%", str(number)))

    return write


EDITS = {
    "body": lambda editor, article, _, number: editor.append(article, f"新的一段 {number}"),
    "picture": lambda editor, article, *_: editor.append(article, "![图](/logo.svg)"),
    "link": _link,
    "title": _state("title", "新标题%"),
    "same-title": _state("title", "同题"),
    "broken-front-matter": _state("title", '"一个"引号"%"'),
    "date": _state("date", "2020-01-03 10:00:00 +0800", "2020-07-01", "2021-02-02 08:00:00 +0800"),
    "undated": _state("date", ""),
    "updated": _state("updated", "2022-03-0%"),
    "category": _state("categories", "要闻", "新类", "股市"),
    "tags": _state("tags", "[标签1, 别的]", "[标签2]", ""),
    "source": _state("source", "报纸甲", "报纸乙"),
    "description": _state("description", "提要%"),
    "draft": _state("draft", "false", "true"),
    "alias": _state("aliases", "[/old/1.html]", "[/old/2.html, /old/1.html]"),
    "permalink": _state("permalink", "/moved/1.html", "/moved/2.html"),
    "extra": _state("image", "/pictures/%.jpg"),
    "copy": lambda editor, article, _, number: _copy(editor, article, f"copy-{number}"),
    "add": lambda editor, *_: editor.write(
        f"content/new-{_[2]}.md", post(f"新来{_[2]}", "2021-02-02")
    ),
    "remove": lambda editor, article, *_: _remove(editor, article),
    "rename": lambda editor, article, _, number: _rename(editor, article, number),
    "empty": lambda editor, article, *_: editor.write(article.relative_to(editor.root), ""),
    "static": _write("static/pictures/one.txt", "picture %"),
    "template": _write(
        "templates/article.html",
        "<body>% {{ article.title }} {{ site.article_count }}",
        "<body>{{ article.content }} %",
    ),
    "style": _write("assets/site.css", "p { color: #00% }"),
    "message": _write("messages/zh.toml", 'all = "全部%"\n'),
    "site-title": _write("backfile.toml", CONFIG.replace("旧闻", "旧闻%")),
    "per-page": _write("backfile.toml", CONFIG.replace("per_page = 3", "per_page = %")),
    "cards": _write(
        "backfile.toml",
        f'{CONFIG}[cards]\nmake = "never"\n',
        f'{CONFIG}[cards]\nmake = "always"\n',
    ),
    "params": _write("backfile.toml", f'{CONFIG}[params]\naccent = "pine"\nnumber = %\n'),
    "permalinks": _write(
        "backfile.toml",
        *(f'{CONFIG}[permalinks]\narticle = "{style}"\n' for style in ("none", "pretty")),
    ),
}
