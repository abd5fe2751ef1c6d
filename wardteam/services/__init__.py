"""One function a use case; what they need from outside stands in `ports` as Protocols."""
