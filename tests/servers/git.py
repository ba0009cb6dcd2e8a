"""A Git repository served over smart HTTP on loopback, to which commits can be pushed."""

from __future__ import annotations

import stat
import threading
import time
from types import TracebackType
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo
from dulwich.server import BackendRepo, DictBackend
from dulwich.web import make_wsgi_chain

__all__ = ["GitServer"]

AUTHOR = b"Tests <tests@example.com>"


class GitServer:
    """Runs while the `with` block does; the repository is at `url`, its branch is `main`."""

    def __init__(self) -> None:
        self._repo = MemoryRepo()
        self._repo.refs.set_symbolic_ref(Ref(b"HEAD"), Ref(b"refs/heads/main"))
        self.fetches = 0
        application = make_wsgi_chain(DictBackend({"/apis.git": cast("BackendRepo", self._repo)}))

        def count(environ: Any, start_response: Any) -> Any:
            self.fetches += environ["REQUEST_METHOD"] == "POST"
            return application(environ, start_response)

        self._http = make_server("127.0.0.1", 0, count, WSGIServer, _QuietHandler)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """The address of the repository."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/apis.git"

    def push(self, files: dict[str, bytes], *, branch: str = "main") -> str:
        """Commit these files, and no others, on top of a branch; the commit."""
        ref = Ref(f"refs/heads/{branch}".encode())
        commit = Commit()
        commit.tree = self._add_tree(files)
        commit.parents = [self._repo.refs[ref]] if ref in self._repo.refs else []
        commit.author = commit.committer = AUTHOR
        commit.author_time = commit.commit_time = int(time.time())
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = b"Change the definition"
        self._repo.object_store.add_object(commit)
        self._repo.refs[ref] = commit.id
        return commit.id.decode()

    def __enter__(self) -> GitServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _add_tree(self, files: dict[str, bytes]) -> ObjectID:
        tree = Tree()
        folders: dict[str, dict[str, bytes]] = {}
        for name, content in files.items():
            folder, separator, rest = name.partition("/")
            if separator:
                folders.setdefault(folder, {})[rest] = content
            else:
                blob = Blob.from_string(content)
                self._repo.object_store.add_object(blob)
                tree.add(name.encode(), stat.S_IFREG | 0o644, blob.id)
        for folder, inner in folders.items():
            tree.add(folder.encode(), stat.S_IFDIR, self._add_tree(inner))
        self._repo.object_store.add_object(tree)
        return tree.id


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""
