"""The only room that wires: settings to store, queue, workers and pages; nothing here decides anything."""
