"""The database systems, behind one interface."""
