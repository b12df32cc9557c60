"""Web, worker, beat and the live stream: how each is started."""

from config.dev.children import Child
from config.dev.places import Places


def worker(places: Places, env: dict[str, str]) -> Child:
    """The Celery worker: two processes, one task reserved for each."""
    words = ["worker", "--concurrency=2", "--prefetch-multiplier=1", "--loglevel=INFO"]
    quiet = ["--without-gossip", "--without-mingle"]
    return _celery(places, env, "worker", [*words, *quiet])


def beat(places: Places, env: dict[str, str]) -> Child:
    """The clockwork that says when periodic work is due."""
    schedule = places.state / "beat-schedule"
    words = ["beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=INFO"]
    return _celery(places, env, "beat", words)


def web(places: Places, env: dict[str, str], *, host: str, port: int) -> Child:
    """The web server as in production: two processes of four threads."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return Child(
        name="web",
        command=[
            *(places.tool("gunicorn"), "config.wsgi", "--bind", address),
            *("--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5"),
            *("--access-logfile=-", "--no-control-socket"),
        ],
        log=places.state / "web.log",
        env=env,
        cwd=places.root,
    )


def live(places: Places, env: dict[str, str], *, host: str, port: int) -> Child:
    """The stream of news: one process, one loop, thousands of open pages."""
    return Child(
        name="live",
        command=[
            *(places.tool("uvicorn"), "config.live.app:application"),
            *("--host", host, "--port", str(port)),
            *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown=1"),
        ],
        log=places.state / "live.log",
        env=env,
        cwd=places.root,
    )


def _celery(places: Places, env: dict[str, str], name: str, words: list[str]) -> Child:
    return Child(
        name=name,
        command=[places.tool("celery"), "-A", "config", *words],
        log=places.state / f"{name}.log",
        env=env,
        cwd=places.root,
    )
