"""Rosters for the head nurse, quality reports for management, the noticeboard for the ward's wall."""

__version__ = "0.1.0"
