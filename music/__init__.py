"""What is played: the services, the search for the right song, and the links."""
