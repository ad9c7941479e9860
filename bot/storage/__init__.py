"""Keeps questions in a database: SQLite on one machine, PostgreSQL for several instances. The only room with SQL."""
