"""Makes the named-entity model that is shipped: `python -m anonymize.detect.training`."""
