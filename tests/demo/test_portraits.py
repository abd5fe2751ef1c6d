"""Portraits: one for each of the ward's own people, small pictures that differ."""

import io

import pytest
from PIL import Image

from wardteam.demo import demo_photos, demo_ward
from wardteam.domain.people import StaffKind


@pytest.fixture(scope="module")
def photos() -> dict[str, bytes]:
    return dict(demo_photos(demo_ward(7), 7))


def test_every_ward_nurse_and_the_head_nurse_has_a_portrait_of_her_own(photos: dict[str, bytes]):
    shown = (StaffKind.WARD, StaffKind.HEAD_NURSE)
    assert set(photos) == {n.staff_no for n in demo_ward(7).nurses if n.kind in shown}
    assert len(set(photos.values())) == 45


def test_portraits_are_small_jpegs_of_240_by_300(photos: dict[str, bytes]):
    for data in photos.values():
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("JPEG", (240, 300))
            assert len(image.resize((24, 30)).convert("RGB").getcolors(720) or ()) > 100
        assert len(data) < 20_000


def test_the_same_seed_draws_the_same_portraits(photos: dict[str, bytes]):
    assert demo_photos(demo_ward(7), 7) == photos
    assert demo_photos(demo_ward(7), 8) != photos
