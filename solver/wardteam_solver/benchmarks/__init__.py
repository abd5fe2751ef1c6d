"""Problems to measure with: wards invented around a roster that is known to be possible, and with clashes."""
