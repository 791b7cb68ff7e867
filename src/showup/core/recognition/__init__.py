"""Is this event an interview, and with whom? `recognise.recognise` answers; what it answers is in `result`."""
