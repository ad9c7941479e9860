"""What was made of a knowledge folder, kept in a file so that the next start need not make it again."""
