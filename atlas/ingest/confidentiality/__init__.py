"""What may not be published, and the proof that it cannot be worked out from what is."""
