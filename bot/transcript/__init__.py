"""A citizen's chat on a channel that keeps no messages: kept here, shown again, and followed while it is open."""
