"""yaml-language-server, which VS Code's YAML extension runs, over its own protocol (LSP, standard input)."""

from __future__ import annotations

import json
import subprocess
from itertools import count
from typing import IO, TYPE_CHECKING, Any

from machine import need_program
from node.packages import need_package

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
ABLE = {
    "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
    "workspace": {"configuration": True},
}


class LanguageServer:
    """An editor's connection to the server, with files that are saved in `folder`."""

    def __init__(self, folder: Path) -> None:
        program = need_package("yaml-language-server") / "bin" / "yaml-language-server"
        command = [need_program("node"), str(program), "--stdio"]
        self.folder = folder
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = count(1)
        self._marks: dict[str, list[dict[str, Any]]] = {}
        self._request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": ABLE})
        self._send({"method": "initialized", "params": {}})

    def find_marks(self, text: str, *, name: str = "release/release.yaml") -> list[str]:
        """Open a file; return what an editor marks in it, as `line: message`."""
        marks = self._marks[self._open(text, name)]
        return sorted(f"{each['range']['start']['line'] + 1}: {each['message']}" for each in marks)

    def complete(self, text: str) -> dict[str, str]:
        """The proposals at the place of `▮`, with what each inserts."""
        found = self._ask("completion", text)
        return {each["label"]: each["insertText"] for each in found["items"]}

    def hover(self, text: str) -> str:
        """What an editor shows where the mouse rests on `▮`."""
        return str(self._ask("hover", text)["contents"]["value"])

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, what: str, text: str) -> Any:  # noqa: ANN401 - JSON
        before, _, after = text.partition("▮")
        uri = self._open(before + after, f"asked/{next(self._numbers)}.yaml")
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self._request(f"textDocument/{what}", {"textDocument": {"uri": uri}, "position": place})

    def _open(self, text: str, name: str) -> str:
        uri = (self.folder / name).as_uri()
        self._marks.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": next(self._numbers), "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._marks:
            self._take(self._receive())
        return uri

    def _request(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while (message := self._receive()).get("id") != number or "method" in message:
            self._take(message)
        return message["result"]

    def _take(self, message: dict[str, Any]) -> None:
        """Answer what the server asks, and keep what it marks."""
        if "id" in message:
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self._send({"id": message["id"], "result": [SETTINGS.get(each.get("section")) for each in asked]})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._marks[message["params"]["uri"]] = message["params"]["diagnostics"]

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = _need(self._process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        pipe.flush()

    def _receive(self) -> dict[str, Any]:
        pipe, length = _need(self._process.stdout), 0
        while line := pipe.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        found: dict[str, Any] = json.loads(pipe.read(length))
        return found


def _need(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe
    return pipe
