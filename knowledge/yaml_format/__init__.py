"""The format of the editors' files: what may stand in them, and reading them so that every fault has its place."""
