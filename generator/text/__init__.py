"""Pure helpers over text: addresses, decoding, dates, excerpts. No disk, no clock, no model."""
