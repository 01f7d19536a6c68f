"""Import replacement: what an authority pays, to whom and for what, and where a local firm could take it on."""
