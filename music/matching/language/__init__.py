"""How alike two words are, in any script and spelling, and which words mean more than themselves. Pure."""
