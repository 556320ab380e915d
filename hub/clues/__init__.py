"""Fund clues (资金线索): what finance knows of the money of a public body that is a debtor, for its court alone."""
