"""The demo ward: an invented ward with its portraits and quality records, the same for the same seed."""

from wardteam.demo.portraits import demo_photos
from wardteam.demo.quality import demo_quality
from wardteam.demo.ward import demo_ward

__all__ = ["demo_photos", "demo_quality", "demo_ward"]
