"""Workbooks, rosters, calendars and pictures: bytes in -> domain objects or findings, and back to bytes."""
