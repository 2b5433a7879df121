"""Reading: a file → an `Article`, its body and diagnostics."""
