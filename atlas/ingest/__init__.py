"""From an edition's folder to a published release."""
