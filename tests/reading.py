"""What reading front matter gives, in a form that is easy to compare."""

from generator.source.front_matter import read_front_matter


def read(text):
    """The values by key, the codes of what was mended, and the body."""
    result = read_front_matter(text)
    values = {name: field.value for name, field in result.fields.items()}
    codes = [change.finding.code for change in result.changes]
    return values, codes, text[result.body_start :]
