"""What firms answer: drafts, immutable snapshots, receipts, and the seal that hides them until they are opened."""
