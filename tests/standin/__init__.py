"""A stand-in for the music services: a small server on loopback that answers in their shapes.

`python -m tests.standin --port 9100` starts it; in tests, `tests.standin.process.StandIn` does, and
`tests.standin.catalogue` names songs that are there. A new service is one package and one line in `services.py`.
"""
