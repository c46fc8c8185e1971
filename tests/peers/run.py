#!/usr/bin/env python3
"""The program beside other programs: Excel files made and read by openpyxl, a log damaged with sqlite3.

Each test gets a folder of its own and drives the real binary. The last line is the summary.
"""

import argparse
import importlib
import pathlib
import sys
import tempfile
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from program import Program  # noqa: E402

MODULES = ["encodings", "excel", "log", "numbers"]


def tests():
    for name in MODULES:
        module = importlib.import_module(f"checks_{name}")
        for function in sorted(vars(module)):
            if function.startswith("test_"):
                yield f"{name}: {function[5:].replace('_', ' ')}", getattr(module, function)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tram", required=True, type=pathlib.Path)
    binary = parser.parse_args().tram.resolve()
    passed = failed = 0
    for name, test in tests():
        with tempfile.TemporaryDirectory(prefix="tram-peers-") as folder:
            try:
                test(Program(binary, pathlib.Path(folder)))
                passed += 1
                print(f"ok      {name}")
            except Exception:
                failed += 1
                print(f"FAILED  {name}")
                traceback.print_exc(file=sys.stdout)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
