"""What is bought, from whom and why, as open data: one release for every event that may be published, never changed."""
