"""The supplier register: what firms say of themselves in plain words, for everybody to find them."""
