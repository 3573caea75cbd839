"""The pictures for an ankle that was sprained."""

PICTURES = ()
