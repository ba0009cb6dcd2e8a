"""The files of one commit, read out of a pack."""

from __future__ import annotations

from collections.abc import Iterator

from dulwich.errors import ObjectFormatException
from dulwich.objects import parse_tree

from catalog.mirroring.git_packs import Pack, PackError

__all__ = ["GitFiles"]

FOLDER = 0o040000
REGULAR = (0o100644, 0o100755, 0o100664)
SHA1_BYTES = 20
SHA1_HEX = 40
ENTRIES = 200_000


class GitFiles:
    """The regular files of a commit by path; links and submodules do not exist.

    Raises PackError when the commit or one of its folders is not in the pack.
    """

    def __init__(self, pack: Pack, commit: str) -> None:
        self._pack = pack
        self._ids = dict(self._walk(self._tree_of(commit)))

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted."""
        return tuple(sorted(self._ids))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None when there is no such file."""
        object_id = self._ids.get(name)
        return None if object_id is None else self._pack.find(object_id, b"blob")

    def _tree_of(self, commit: str) -> str:
        content = self._pack.find(commit, b"commit")
        if content is None or not content.startswith(b"tree "):
            raise PackError("the pack does not hold the commit")
        return content[len(b"tree ") : len(b"tree ") + SHA1_HEX].decode("latin-1")

    def _walk(self, root: str) -> Iterator[tuple[str, str]]:
        waiting = [("", root)]
        entries = 0
        while waiting:
            folder, tree = waiting.pop()
            for name, mode, object_id in self._read_tree(tree):
                entries += 1
                if entries > ENTRIES:
                    raise PackError("the repository holds too many files")
                path = f"{folder}{name}"
                if mode == FOLDER:
                    waiting.append((f"{path}/", object_id))
                elif mode in REGULAR:
                    yield path, object_id

    def _read_tree(self, tree: str) -> list[tuple[str, int, str]]:
        content = self._pack.find(tree, b"tree")
        if content is None:
            raise PackError("the pack does not hold a folder of the commit")
        try:
            return [
                (name.decode("utf-8", "replace"), mode, object_id.decode("latin-1"))
                for name, mode, object_id in parse_tree(content, SHA1_BYTES)
            ]
        except (ObjectFormatException, ValueError) as error:
            raise PackError("a folder of the commit is damaged") from error
