"""Debian's nginx before Flaks, with the files of `deploy/nginx`."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

DEPLOY = Path(__file__).parents[3] / "deploy" / "nginx"
PROGRAM = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/bin")

SITE = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include flaks-http.conf;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {flaks};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection "";
        }}
        include flaks-audio.conf;
    }}
}}
"""


@contextmanager
def nginx(folder: Path, flaks: str, media_origin: str) -> Iterator[str]:
    """nginx before the server at `flaks`; the stand-in's media are let through in place of the service's."""
    folder.mkdir()
    for name in ("flaks-audio.conf", "flaks-audio-proxy.conf"):
        shutil.copy(DEPLOY / name, folder)
    hosts = (DEPLOY / "flaks-http.conf").read_text()
    for said in ("$upstream_http_x_flaks_audio", "$upstream_http_location"):
        begins = f"map {said} $flaks_{'audio' if 'audio' in said else 'moved'} {{\n"
        assert begins in hosts
        hosts = hosts.replace(begins, f'{begins}    "~^{re.escape(media_origin)}/[!-~]*$" {said};\n')
    (folder / "flaks-http.conf").write_text(hosts)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    (folder / "nginx.conf").write_text(SITE.format(folder=folder, port=port, flaks=flaks))
    process = subprocess.Popen([str(PROGRAM), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _await(port, process, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def behind(url: str, link: str) -> str:
    """The link as it is asked for at nginx."""
    return url + urlsplit(link).path


def _await(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((folder / "error.log").read_text())
