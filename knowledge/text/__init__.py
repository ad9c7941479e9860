"""Text repair before matching: what a citizen typed becomes what a citizen meant."""
