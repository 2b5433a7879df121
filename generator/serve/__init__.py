"""The live preview: a site in the browser that keeps up with the writer.

`run_preview` starts it. `app` answers requests from a `LiveSite`, `watch` sees what was saved,
`channel` tells the browsers, `behind` builds everything else meanwhile. Nothing of it, no script
and no mark, is ever written to the output folder of a build.
"""
