"""Search: tokens, postings, shards and columns that a browser can answer queries from with Lunr.

The format is described in docs/search-format.md, the browser side lives in `client/`.
"""
