"""Converts the ONNX backend tests, runs what comes out in LiteRT and prints the rates. See ../conformance.sh."""

import json
import os
import re
import selectors
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cases import write_cases

RATES = {"deployment": 0.95, "node": 0.90, "extra": 0.90}
NEVER = ("wrong answer", "does not run", "crash")
SECONDS_PER_RUN = 60
SECONDS_PER_BATCH = 3600
PROCESSES = min(4, os.cpu_count() or 1)


def main() -> int:
    work = Path(sys.argv[1])
    wanted = re.compile(sys.argv[2] if len(sys.argv) > 2 else "")
    start = time.monotonic()
    write_cases(work / "cases")
    cases = sorted(p.parent for p in (work / "cases").glob("*/case.json") if wanted.search(p.parent.name))
    if not cases:
        print(f"no case's name matches {wanted.pattern}", file=sys.stderr)
        return 2
    dumped = time.monotonic()
    out = work / "converted"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    shares = [cases[i::PROCESSES] for i in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as threads:
        list(threads.map(lambda i: convert(shares[i], out, work / f"batch-{i}"), range(PROCESSES)))
        converted = time.monotonic()
        results = {k: v for part in threads.map(lambda share: run(share, out), shares) for k, v in part.items()}
    print(f"{len(cases)} cases: written in {dumped - start:.0f} s, converted in {converted - dumped:.0f} s, "
          f"run in {time.monotonic() - converted:.0f} s, {PROCESSES} processes")  # fmt: skip
    return report(cases, results, work / "results.json", complete=not wanted.pattern)


def convert(cases: list, out: Path, batch: Path) -> None:
    """Converts all; a case that ends the converter's process counts as crashed, and those behind it go on in a new one."""
    left = cases
    while left:
        shutil.rmtree(batch, ignore_errors=True)
        batch.mkdir()
        for case in left:
            (batch / case.name).symlink_to(case)
        command = [*shlex.split(os.environ["SLIPWAY_BATCH"]), str(batch), str(out)]
        with open(batch.with_suffix(".log"), "w") as log:
            code = subprocess.run(command, stdout=log, stderr=log, timeout=SECONDS_PER_BATCH).returncode
        missing = [case for case in left if not has_result(out, case)]
        if not missing:
            break
        if len(missing) == len(left) and code in (1, 2, 7):
            raise SystemExit(f"{shlex.join(command)} failed with {code}:\n" + batch.with_suffix(".log").read_text()[-2000:])
        (out / f"{missing[0].name}.crash").write_text(f"the converter's process ended with {code}")
        left = missing[1:]
    shutil.rmtree(batch, ignore_errors=True)


def has_result(out: Path, case: Path) -> bool:
    return any((out / f"{case.name}.{ending}").exists() for ending in ("tflite", "err"))


def run(cases: list, out: Path) -> dict:
    results = {}
    runner = LiteRt()
    for case in cases:
        file = out / f"{case.name}.tflite"
        refusal = out / f"{case.name}.err"
        if file.exists():
            results[case.name] = runner.check(case, file)
        elif refusal.exists():
            results[case.name] = ["refused", refusal.read_text().strip()]
        else:
            results[case.name] = ["crash", (out / f"{case.name}.crash").read_text()]
    runner.close()
    return results


class LiteRt:
    """litert.py in a process that is started again when a file has ended it."""

    def __init__(self):
        self.process = None

    def check(self, case: Path, file: Path) -> list:
        if self.process is None:
            program = [sys.executable, str(Path(__file__).with_name("litert.py"))]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, bufsize=1)
        self.process.stdin.write(f"{case}\t{file}\n")
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            answer = self.process.stdout.readline() if selector.select(SECONDS_PER_RUN) else None
        if answer:
            return json.loads(answer)
        self.close()
        return ["crash", "LiteRT's process ended"] if answer == "" else ["does not run", f"not within {SECONDS_PER_RUN} s"]

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def report(cases: list, results: dict, file: Path, complete: bool) -> int:
    suites, notes = defaultdict(Counter), defaultdict(list)
    for case in cases:
        facts = json.loads((case / "case.json").read_text())
        status, detail = results[case.name]
        for suite in suites_of(facts):
            suites[suite][status] += 1
        if status in NEVER:
            print(f"{status.upper()} {case.name}: {detail[:300]}")
        elif status == "as ONNX Runtime":
            notes["ONNX Runtime's answer, which is not the one that the test expects"].append(case.name)
        elif status == "refused":
            notes["refused: " + re.sub(r"'[^']*'|\d+", "…", detail)[:110]].append(case.name)
    for reason, names in sorted(notes.items(), key=lambda item: -len(item[1])):
        print(f"{len(names)} {reason}  ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})")
    failed = any(results[case.name][0] in NEVER for case in cases)
    for suite, counts in sorted(suites.items()):
        rate = counts["pass"] / counts.total()
        others = ", ".join(f"{n} {status}" for status, n in counts.items() if status != "pass")
        print(f"{suite}: {counts['pass']} of {counts.total()} = {rate:.2%}" + (f" ({others})" if others else ""))
        if complete and rate < RATES.get(suite, 0):
            print(f"{suite}: below {RATES[suite]:.0%}")
            failed = True
    file.write_text(json.dumps(results, indent=0, sort_keys=True))
    print("FAILED" if failed else "passed")
    return 1 if failed else 0


def suites_of(facts: dict) -> list:
    """The form in which models are deployed: one input at run time, the others frozen into the file."""
    deployed = facts["suite"] == "nodec" or (facts["suite"] == "node" and len(facts["inputs"]) < 2)
    return [facts["suite"], "deployment"] if deployed else [facts["suite"]]


if __name__ == "__main__":
    sys.exit(main())
