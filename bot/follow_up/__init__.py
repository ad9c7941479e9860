"""What staff do with questions nobody could answer, until all who asked are told and the knowledge base knows it."""
