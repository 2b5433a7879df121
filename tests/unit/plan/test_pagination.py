"""Pages are numbered from the oldest and never shift."""

from hypothesis import given
from hypothesis import strategies as st

from generator.plan.pagination import paginate

sizes = st.integers(min_value=0, max_value=200)
per_pages = st.integers(min_value=1, max_value=30)


@given(sizes, per_pages)
def test_pages_partition_the_list(size, per_page):
    pages = paginate(range(size), per_page)
    assert [item for page in reversed(pages) for item in page] == list(range(size))


@given(sizes, per_pages)
def test_old_pages_are_full_and_the_newest_is_never_thin(size, per_page):
    *old, newest = paginate(range(size), per_page)
    assert all(len(page) == per_page for page in old)
    assert min(size, per_page) <= len(newest) < 2 * per_page


@given(sizes, per_pages, st.integers(min_value=1, max_value=60))
def test_articles_added_on_top_change_no_old_page(size, per_page, added):
    before = paginate([f"old{n}" for n in range(size)], per_page)
    after = paginate([f"new{n}" for n in range(added)] + [f"old{n}" for n in range(size)], per_page)
    assert [list(page) for page in after[: len(before) - 1]] == [list(page) for page in before[:-1]]
