"""A made-up service with forty bots, for a look at the admin and for its pictures. Nobody in here exists."""
