"""What these tests draw is looked at once all of them are done (tests/album)."""

from tests.album.keeping import _kept, kept_before

__all__ = ["_kept", "kept_before"]
