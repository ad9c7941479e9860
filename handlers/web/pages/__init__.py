"""What all pages share: the frame around them, their style, their guard, and the reader's language."""
