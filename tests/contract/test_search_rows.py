"""Rows come back as they were written, whatever stands in them."""

import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_site import build

from generator.search.document import SearchDocument

TEXT = st.text(
    st.one_of(
        st.sampled_from("赣南脐橙丰收2024-/.html"),
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(["\0", "\1", "\ufffe", "😀", "𠮷"]),
    ),
    max_size=30,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=20))
def test_rows_survive_packing(client, tmp_path, rows):
    made = [
        SearchDocument(
            f"{number}{'x' * (number % 3)}/{title[:3]}.html",
            title,
            source,
            "2024-05-17"[: len(source)],
            category,
            category,
            (),
            source,
            language,
        )
        for number, (title, source, category, language) in enumerate(rows)
    ]
    shutil.rmtree(tmp_path, ignore_errors=True)
    folder = build(made, tmp_path, batch=7)
    client.ask("open", folder=str(folder), docs=[])
    found = client.ask("rows", ids=list(range(len(made))))
    for document, row in zip(made, found, strict=True):
        assert row["href"] == document.href
        assert row["title"] == document.title
        assert row["date"] == document.date
        assert row["source"] == document.source
        assert row["category"] == document.category_title
        assert row["language"] == document.language
