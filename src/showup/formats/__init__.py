"""Calendar formats: bytes or JSON in, events out. No file is opened here and nothing is fetched."""
