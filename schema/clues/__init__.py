"""Fund clues in the schema."""
