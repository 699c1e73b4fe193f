"""Sets our conversion beside onnx2tf's. See ../conversion.sh."""

import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import onnx

from models import download, read_list

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = 600
SMALL = 20_000_000


def main() -> int:
    if sys.argv[1] == "--run":
        return run(*sys.argv[2:5])
    work = Path(sys.argv[1])
    wanted = re.compile(sys.argv[2] if len(sys.argv) > 2 else "")
    models = [model for model in read_list() if wanted.search(model.name)]
    download(models, work / "models")
    scratch = work / "benchmark"
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "models").mkdir(parents=True)
    for model in models:
        fix_shapes(model, work / "models", scratch / "models" / f"{model.name}.onnx")
    warm = warm_times(scratch / "models")
    rows = []
    print("model                 MB |  ours s   peer s  ratio | warm ms  ratio | ours MiB peer MiB | run ratio | size ratio")
    for model in models:
        row = measure(model, scratch, work / "onnx2tf", warm.get(model.name))
        rows.append(row)
        print(line(row), flush=True)
    summary(rows)
    return 0


def fix_shapes(model, folder: Path, target: Path) -> None:
    """Both convert the first size of the list, since onnx2tf takes open lengths for 1."""
    source = onnx.load(model.path(folder))
    for value in source.graph.input:
        if value.name in model.sizes[0]:
            for dimension, length in zip(value.type.tensor_type.shape.dim, model.sizes[0][value.name][0]):
                dimension.dim_value = length
    onnx.save(source, target)


def warm_times(models: Path) -> dict:
    command = shlex.split(os.environ["SLIPWAY_WARM"].replace("{models}", str(models)))
    lines = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout.splitlines()
    pairs = [text.split() for text in lines]
    return {p[0]: float(p[1]) for p in pairs if len(p) == 2 and re.fullmatch(r"[\d.]+", p[1])}


def measure(model, scratch: Path, peer: Path, warm) -> dict:
    source = scratch / "models" / f"{model.name}.onnx"
    ours, theirs = scratch / f"{model.name}.tflite", scratch / f"{model.name}.peer"
    times = {"ours": [], "peer": []}
    memory = {"ours": 0.0, "peer": 0.0}
    names = [name for name, _ in model.sizes[0].items()]
    for _ in range(ROUNDS):  # in turns, since other work on the machine slows both
        convert = os.environ["SLIPWAY_CONVERT"].replace("{model}", str(source)).replace("{out}", str(ours))
        ours.unlink(missing_ok=True)
        seconds, mebibytes = timed(shlex.split(convert))
        times["ours"].append(seconds)
        memory["ours"] = max(memory["ours"], mebibytes)
        copy = scratch / "copy" / source.name  # onnx2tf overwrites its input
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copyfile(source, copy)
        command = [str(peer / "bin" / "onnx2tf"), "-i", str(copy), "-o", str(theirs), "-n", "-kat", *names]
        seconds, mebibytes = timed(command, {"PATH": f"{peer / 'bin'}:{os.environ['PATH']}"})
        times["peer"].append(seconds)
        memory["peer"] = max(memory["peer"], mebibytes)
    written = next(iter(theirs.glob("*_float32.tflite")), None)
    row = {"name": model.name, "bytes": source.stat().st_size, "warm": warm, "memory": memory}
    row |= {"ours": statistics.median(times["ours"]) if ours.exists() else None}
    row |= {"peer": statistics.median(times["peer"]) if written else None}
    if ours.exists() and written:
        row["size"] = ours.stat().st_size / written.stat().st_size
        row["run"] = run_ratio(model.name, source, ours, written)
    return row


def timed(command: list, environment: dict | None = None) -> tuple:
    """Seconds of the whole process with its children, and the most memory that one of them took."""
    start = time.monotonic()
    process = subprocess.Popen(["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               text=True, env={**os.environ, **(environment or {})})  # fmt: skip
    errors = process.communicate(timeout=SECONDS)[1].strip().splitlines()
    seconds = time.monotonic() - start
    return seconds, int(errors[-1]) / 1024 if errors and errors[-1].isdigit() else 0.0


def run_ratio(name: str, source: Path, ours: Path, theirs: Path):
    """How long a run of ours takes, of what one of theirs takes; None if theirs does not run."""
    command = [sys.executable, __file__, "--run", name, str(ours), str(theirs)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    return json.loads(result.stdout) if result.returncode == 0 else None


def run(name: str, ours: str, theirs: str) -> int:
    import numpy
    from ai_edge_litert.interpreter import Interpreter

    interpreters = [Interpreter(model_path=file, num_threads=1) for file in (ours, theirs)]
    for interpreter in interpreters:
        interpreter.allocate_tensors()
        random = numpy.random.default_rng(1)
        for detail in interpreter.get_input_details():
            shape, kind = tuple(detail["shape"]), detail["dtype"]
            value = random.random(shape) if kind == numpy.float32 else numpy.full(shape, 16000 if not shape else 1)
            interpreter.set_tensor(detail["index"], value.astype(kind))
        interpreter.invoke()
    times = [[], []]
    until = time.monotonic() + 4
    while time.monotonic() < until or len(times[0]) < 5:
        for interpreter, taken in zip(interpreters, times):
            start = time.perf_counter()
            interpreter.invoke()
            taken.append(time.perf_counter() - start)
    print(json.dumps(statistics.median(times[0]) / statistics.median(times[1])))
    return 0


def line(row: dict) -> str:
    def shown(value, form="7.2f"):
        return format(value, form) if value is not None else "      -"

    ratio = row["peer"] / row["ours"] if row["ours"] and row["peer"] else None
    warm = 1000 * row["peer"] / row["warm"] if row["warm"] and row["peer"] else None
    return (f"{row['name']:20} {row['bytes'] / 1e6:4.1f} | {shown(row['ours'])}  {shown(row['peer'])} {shown(ratio, '6.1f')} |"
            f" {shown(row['warm'], '7.0f')} {shown(warm, '6.1f')} | {shown(row['memory']['ours'], '7.0f')}"
            f"  {shown(row['memory']['peer'], '7.0f')} | {shown(row.get('run'), '9.2f')} | {shown(row.get('size'), '9.3f')}")  # fmt: skip


def summary(rows: list) -> None:
    both = [row for row in rows if row["ours"] and row["peer"]]
    if not both:
        return

    def median(values):
        values = list(values)
        return f"{statistics.median(values):.2f}" if values else "-"

    warm = [(row, 1000 * row["peer"] / row["warm"]) for row in both if row["warm"]]
    print(f"{len(both)} models that both convert, medians of {ROUNDS} runs in turns:")
    print(f"  as a process {median(r['peer'] / r['ours'] for r in both)} times as fast, least {min(r['peer'] / r['ours'] for r in both):.2f}")
    print(f"  in a warm JVM {median(w for _, w in warm)} times as fast; below {SMALL // 1_000_000} MB "
          f"{median(w for r, w in warm if r['bytes'] < SMALL)}, least {min((w for _, w in warm), default=0):.1f}")  # fmt: skip
    print(f"  peak memory {median(r['memory']['ours'] / r['memory']['peer'] for r in both)} of the peer's")
    print(f"  a run of the written model takes {median(r['run'] for r in both if r.get('run'))} of the peer's, its file "
          f"{median(r['size'] for r in both)}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
