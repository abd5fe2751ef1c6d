"""The ward as plain frozen data: standard library only, no words for people, no storage."""
