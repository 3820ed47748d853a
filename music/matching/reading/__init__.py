"""What a title, a name and a film say, before anything is compared. Pure."""
