"""Files that people attach: inspected on arrival, kept by the digest of their content."""
