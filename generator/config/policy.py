"""What pages may load, which follows from how the configuration treats bodies."""

from __future__ import annotations

from generator.config.schema import Config


def content_policy(config: Config) -> str:
    """Give the Content-Security-Policy that pages work under; "" where bodies are not sanitised.

    Pages load from their own host alone. Pictures may be written into a page (`data:`), and come
    from anywhere where the configuration keeps remote ones.
    """
    if config.content.html == "trusted":
        return ""
    remote = " http: https:" if config.content.remote_images == "keep" else ""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            f"img-src 'self' data:{remote}",
            f"media-src 'self'{remote}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
