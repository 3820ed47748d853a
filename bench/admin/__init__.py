"""How long the front page of the admin takes, with how many queries: `python -m bench.admin`."""
