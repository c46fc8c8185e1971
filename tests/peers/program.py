"""The binary under test, run as an operator runs it."""

import json
import os
import subprocess

TODAY = "2026-11-20"
COMMUNE = "04303"
VILLAGES = ["Khe Pháo", "Bản Chang"]


class Program:
    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.database = folder / "tram.db"

    def run(self, *args, expect=0):
        """Runs a command with --json and answers what it says, checking how it ended."""
        command = [self.binary, *args, "--json", "--today", TODAY]
        command += ["--db", f"sqlite:{self.database}", "--state", self.folder]
        environment = {**os.environ, "TRAM_LOG": "off"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
        said = f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert done.returncode == expect, said
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else {}

    def station(self):
        """A station with two villages."""
        villages = [word for name in VILLAGES for word in ("--village", name)]
        return self.run("init", "station", "--commune", COMMUNE, *villages)

    def demo(self):
        return self.run("demo", "--no-serve")

    def number(self, code, period="2026"):
        """Numerator of one indicator."""
        shown = self.run("indicator", "show", code, "--period", period)
        return shown["indicators"][0]["numerator"]
