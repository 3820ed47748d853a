"""How often the right song is chosen: labelled cases, and the report that `make accuracy` prints."""
