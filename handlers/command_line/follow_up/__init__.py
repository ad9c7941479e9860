"""Commands on what staff do: recorded questions and drafts."""
