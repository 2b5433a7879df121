"""The pages that Backfile makes of the same posts: see `bench/build.py`."""

SITENAME = "Archive"
SITEURL = "https://archive.example"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
ARTICLE_SAVE_AS = ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}.html"
CATEGORY_SAVE_AS = CATEGORY_URL = "category/{slug}.html"
TAG_SAVE_AS = TAG_URL = "tag/{slug}.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ("index", "categories", "tags", "sitemap")
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None}
DEFAULT_PAGINATION = 20
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_RSS = "feed.xml"
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
SUMMARY_MAX_LENGTH = 20
