"""Commands on the knowledge base, for editors."""
