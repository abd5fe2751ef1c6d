"""The demo ward: invented ward, portraits, past rosters and quality records, the same for the same seed."""

from wardteam.demo.past_rosters import demo_rosters
from wardteam.demo.past_wishes import past_wishes
from wardteam.demo.portraits import demo_photos
from wardteam.demo.quality import demo_quality
from wardteam.demo.ward import demo_ward

__all__ = ["demo_photos", "demo_quality", "demo_rosters", "demo_ward", "past_wishes"]
