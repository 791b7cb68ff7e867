"""What everything that asks Google needs: the sign-in, and a connection that carries it."""
