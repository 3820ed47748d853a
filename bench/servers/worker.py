"""The site's own worker with shorter bounds on silent clients: the comparison cannot wait for half a minute."""

import os

from flaks import worker


class BoundedWorker(worker.BoundedWorker):
    """`flaks.worker.BoundedWorker` with its two bounds, in seconds, taken from the environment where they are set."""

    receive_seconds = int(os.environ.get("BENCH_RECEIVE_SECONDS", worker.BoundedWorker.receive_seconds))
    send_seconds = int(os.environ.get("BENCH_SEND_SECONDS", worker.BoundedWorker.send_seconds))
