"""Pages for records that people enter: one description a kind; listing, editing and history are shared."""
