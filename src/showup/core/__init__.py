"""The rules: frozen dataclasses and pure functions that are handed the time. Nothing here touches the world."""
