"""A configuration is right, or says where it is wrong and what was meant."""

import pytest

from generator.config import load_config
from generator.errors import ConfigError


def load(tmp_path, text, name="backfile.toml", **more):
    (tmp_path / name).write_text(text, "utf-8")
    return load_config(tmp_path, **more)


def test_a_site_needs_no_configuration(tmp_path):
    config = load_config(tmp_path)
    assert (config.site.language, config.site.timezone) == ("zh-CN", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[site]\ntitel = 'a'\n", 2, "unknown key `site.titel`", "did you mean `title`?"),
        ("[stie]\n", 1, "unknown key `stie`", "did you mean `site`?"),
        ("[lists]\nper_page = 'x'\n", 2, "`lists.per_page`: expected `int`, got `str`", ""),
        ("[lists]\n\nper_page = 0\n", 3, "`lists.per_page`: expected `int` >= 1", ""),
        ("[site]\ntitle = a\n", 2, "not TOML", "quotation marks"),
        ("[site]\ntimezone = 'Mars/Base'\n", 2, "no time zone `Mars/Base`", "Asia/Shanghai"),
        ("[site]\nbase_url = 'example.org'\n", 2, "no web address", "https://"),
        ("[site]\nlanguage = 'zh_CN!'\n", 2, "no language tag", "zh-CN"),
        ("[permalinks]\ntag = '/tag/'\n", 2, "holds no `:slug`", "/tag/:slug.html"),
        ("[feeds]\nformats = ['rdf']\n", 2, "`feeds.formats`", ""),
        ("[markdown]\nengine = 'gfm'\n", 2, "`markdown.engine`", ""),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_was_meant(tmp_path, text, line, message, hint):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    error = caught.value
    assert (error.path, error.line) == ("backfile.toml", line)
    assert message in error.message
    assert hint in error.hint


def test_a_stated_base_url_takes_precedence(tmp_path):
    config = load(
        tmp_path, "[site]\nbase_url = 'https://a.example'\n", base_url="https://b.example/sub"
    )
    assert config.site.base_url == "https://b.example/sub"
    assert config.site.base_path == "/sub/"


def test_a_jekyll_site_is_read_as_it_stands(tmp_path):
    config = load(
        tmp_path,
        "title: 金融消息\nlang: zh-CN\nurl: https://finews.example\nbaseurl: /x\ntimezone: Asia/Shanghai\n"
        "author:\n  name: Z\npermalink: pretty\nexclude: [vendor]\nplugins: [jekyll-feed]\n",
        "_config.yml",
    )
    assert config.site.title == "金融消息"
    assert config.site.base_url == "https://finews.example/x"
    assert config.site.author == "Z"
    assert config.permalinks.article == "pretty"
    assert config.content.hosts == ("finews.example",)
    assert config.content.exclude == ("vendor",)


def test_broken_yaml_is_named_with_its_line(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "title: a: b\n", "_config.yml")
    assert (caught.value.path, caught.value.line) == ("_config.yml", 1)


def test_our_own_configuration_goes_before_jekylls(tmp_path):
    (tmp_path / "_config.yml").write_text("title: old\n", "utf-8")
    assert load(tmp_path, "[site]\ntitle = 'new'\n").site.title == "new"


def test_an_engine_whose_package_is_missing_says_how_to_install_it(tmp_path, monkeypatch):
    text = "[site]\n[markdown]\nengine = 'commonmark'\n"
    assert load(tmp_path, text).markdown.engine == "commonmark"
    monkeypatch.setattr("generator.config.load.find_spec", lambda _: None)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert (caught.value.line, caught.value.exit_code) == (3, 3)
    assert "not installed" in caught.value.message
    assert 'pip install "backfile[commonmark]"' in caught.value.hint
    assert load(tmp_path, "[markdown]\nengine = 'python-markdown'\n")


@pytest.mark.parametrize("path", ["旧报 甲", "%E6%97%A7%E6%8A%A5%20%E7%94%B2"])
def test_a_folder_is_known_encoded_and_decoded_however_it_is_written(tmp_path, path):
    (tmp_path / "backfile.toml").write_text(f'[site]\nbase_url = "https://a.example/{path}"\n')
    site = load_config(tmp_path).site
    assert site.base_path == "/%E6%97%A7%E6%8A%A5%20%E7%94%B2/"
    assert site.base_folder == "/旧报 甲/"
