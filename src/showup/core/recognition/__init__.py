"""Is this event an interview, and with whom?"""
