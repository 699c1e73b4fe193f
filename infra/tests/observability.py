"""Checks dashboards and rules against a Prometheus that scrapes a server which has done the demo's work.

Usage: observability.py PROMETHEUS_URL PROMTOOL SCRATCH
Prints "ok WHAT" and "not ok WHAT" lines. A metric or label that the server does not export is never accepted.
"""

import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

INFRA = pathlib.Path(__file__).resolve().parent.parent
DOCS = INFRA.parent / "docs"

# Values that a label has only after something that neither the demo nor this test makes happen. The label itself must exist.
VALUES_OF_TROUBLE = {
    ("status", "5.."): "no request of the demo ends in a server error",
    ("status", "503"): "no store or service is away",
}
# Prometheus makes it, from the rules, while an alert is pending or fires; the server exports nothing of that name.
MADE_BY_PROMETHEUS = {"ALERTS"}
OPERATORS = {"and", "or", "unless", "bool", "offset"}
LABEL_LISTS = {"by", "without", "on", "ignoring", "group_left", "group_right"}
TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<range>\[[^\]]*\])"""
    r"""|(?P<number>\d[\d.]*(?:[eE][+-]?\d+)?[smhdwy]?)|(?P<name>[A-Za-z_:][A-Za-z0-9_:]*)|(?P<sign>=~|!~|!=|[<>=]=|.)""",
    re.S,
)

failures = 0


def tell(problems, what):
    global failures
    for problem in problems:
        print(f"  {problem}")
    failures += bool(problems)
    print(("not ok " if problems else "ok ") + what, flush=True)


def tokens(expression):
    return [(m.lastgroup, m.group()) for m in TOKEN.finditer(expression) if m.lastgroup != "space"]


def selectors(expression):
    """The metrics that an expression selects, each with its matchers, and the labels that it groups by."""
    found, groups, all_tokens = [], set(), tokens(expression)
    at = 0
    while at < len(all_tokens):
        kind, text = all_tokens[at]
        following = all_tokens[at + 1][1] if at + 1 < len(all_tokens) else ""
        if kind == "name" and text in LABEL_LISTS:
            at += 2 if following == "(" else 1
            while following == "(" and all_tokens[at][1] != ")":
                if all_tokens[at][0] == "name":
                    groups.add(all_tokens[at][1])
                at += 1
        elif kind == "name" and text not in OPERATORS and following != "(" and following not in LABEL_LISTS:
            matchers = []
            if following == "{":
                at += 2
                while all_tokens[at][1] != "}":
                    if all_tokens[at][1] != ",":
                        label, sign, value = (token[1] for token in all_tokens[at : at + 3])
                        matchers.append((label, sign, json.loads(value)))
                        at += 2
                    at += 1
            found.append((text, matchers))
        at += 1
    return found, groups


class Prometheus:
    def __init__(self, url):
        self.url, self.known = url, {}

    def get(self, path, **parameters):
        query = urllib.parse.urlencode(parameters, doseq=True)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as e:
            raise ValueError(json.load(e).get("error")) from e

    def series(self, metric):
        if metric not in self.known:
            self.known[metric] = self.get("series", **{"match[]": metric})
        return self.known[metric]

    def query(self, expression):
        return self.get("query", query=expression)["result"]


def in_dashboard(expression, variables):
    for name in variables:
        expression = re.sub(rf"\${name}\b|\$\{{{name}\}}", ".*", expression)
    return expression.replace("$__rate_interval", "5m").replace("$__interval", "1m").replace("$__range", "1h")


def missing(prometheus, expression):
    """What the expression uses and the server does not export."""
    problems, labels = [], set()
    found, groups = selectors(expression)
    if not found:
        problems.append("selects no metric")
    for metric, matchers in found:
        if metric in MADE_BY_PROMETHEUS:
            continue
        series = prometheus.series(metric)
        if not series:
            problems.append(f"there is no metric {metric}")
        for one in series:
            labels |= one.keys()
        for label, sign, value in matchers:
            values = {one[label] for one in series if label in one}
            if series and not values:
                problems.append(f"{metric} has no label {label}")
            elif series and sign in ("=", "=~") and (label, value) not in VALUES_OF_TROUBLE:
                if not any(re.fullmatch(value, v) if sign == "=~" else v == value for v in values):
                    problems.append(f"{metric} has {label} {sorted(values)}, none of which is {sign}{value}")
    problems += [f"nothing has the label {label} to group by" for label in sorted(groups - labels)]
    return problems


def dashboards():
    return {path: json.loads(path.read_text()) for path in sorted((INFRA / "grafana/dashboards").glob("*.json"))}


def check_layout(boards):
    uids = [board["uid"] for board in boards.values()]
    tell([f"{uid} is there twice" for uid in {u for u in uids if uids.count(u) > 1}], f"{len(uids)} dashboards with uids of their own")
    for path, board in boards.items():
        problems = []
        if board["uid"] != path.stem or not board.get("title") or "id" in board:
            problems.append("uid is not the file's name, or there is no title, or an id of some Grafana")
        variables = [v["name"] for v in board["templating"]["list"]]
        if "datasource" not in variables:
            problems.append("there is no variable for the data source")
        for variable in variables:
            if variable != "datasource" and f"${variable}" not in json.dumps(board["panels"]):
                problems.append(f"no panel uses the variable {variable}")
        taken, ids = {}, set()
        for panel in board["panels"]:
            title = panel.get("title") or f"panel {panel.get('id')}"
            if not panel.get("title") or not panel.get("description"):
                problems.append(f"{title}: no title or no description")
            if panel["id"] in ids:
                problems.append(f"{title}: its id is another panel's too")
            ids.add(panel["id"])
            if not panel["fieldConfig"]["defaults"].get("unit"):
                problems.append(f"{title}: no unit")
            if not panel.get("targets"):
                problems.append(f"{title}: shows nothing")
            for target in [panel, *panel.get("targets", [])]:
                if target.get("datasource", {}).get("uid") != "${datasource}":
                    problems.append(f"{title}: its data source is not the variable")
            refs = [target["refId"] for target in panel.get("targets", [])]
            if len(set(refs)) != len(refs):
                problems.append(f"{title}: two expressions with one refId")
            place = panel["gridPos"]
            if place["x"] < 0 or place["y"] < 0 or place["w"] < 1 or place["h"] < 1 or place["x"] + place["w"] > 24:
                problems.append(f"{title}: lies outside the grid of 24 columns")
            for cell in ((x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])):
                if taken.setdefault(cell, title) != title:
                    problems.append(f"{title}: lies on {taken[cell]}")
                    break
        tell(problems, f"layout of {path.name}, {len(board['panels'])} panels")


def check_syntax(expressions, promtool, scratch):
    rules = [{"record": f"check:expression_{i}", "expr": e} for i, e in enumerate(expressions)]
    # JSON is YAML, which is what promtool reads.
    file = pathlib.Path(scratch) / "expressions.yml"
    file.write_text(json.dumps({"groups": [{"name": "expressions", "rules": rules}]}))
    done = subprocess.run([promtool, "check", "rules", "--lint=none", str(file)], capture_output=True, text=True)
    tell([] if done.returncode == 0 else (done.stdout + done.stderr).splitlines(), f"promtool reads {len(expressions)} expressions of dashboards")


def check_dashboard(prometheus, path, board):
    problems, count, empty = [], 0, 0
    variables = [v["name"] for v in board["templating"]["list"]]
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            asked = re.fullmatch(r"label_values\((.+), (\w+)\)", variable["query"]["query"])
            problems += [f"variable {variable['name']}: {p}" for p in missing(prometheus, asked[1])]
            if not any(asked[2] in one["metric"] for one in prometheus.query(asked[1])):
                problems.append(f"variable {variable['name']}: nothing has the label {asked[2]}")
    for panel in board["panels"]:
        for target in panel["targets"]:
            count += 1
            expression = in_dashboard(target["expr"], variables)
            faults = missing(prometheus, expression)
            result = [] if faults else prometheus.query(expression)
            excused = any((label, value) in VALUES_OF_TROUBLE for _, ms in selectors(expression)[0] for label, _, value in ms)
            empty += not result
            if not faults and not result and not excused:
                faults.append("has no data after the demo")
            for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]):
                if result and not all(label in one["metric"] for one in result):
                    faults.append(f"its legend names {label}, which is not in the result")
            problems += [f"{panel['title']}: {fault}: {target['expr']}" for fault in faults]
    tell(problems, f"{path.name}: {count} expressions, {count - empty} with data, use only what the server exports")


def check_rules(prometheus):
    groups = prometheus.get("rules")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    for group in groups:
        problems = []
        for rule in group["rules"]:
            faults = missing(prometheus, rule["query"])
            if rule["health"] != "ok":
                faults.append(f"can't be evaluated: {rule.get('lastError')}")
            problems += [f"{rule['name']}: {fault}" for fault in faults]
        tell(problems, f"rules of {group['name']}: {len(group['rules'])} use only what the server exports")
    alerts = [rule for rule in rules if rule["type"] == "alerting"]
    problems = []
    for alert in alerts:
        file, _, anchor = alert["annotations"].get("runbook", "").partition("#")
        page = INFRA.parent / file
        headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M) if page.is_file() else []
        if anchor not in (heading.lower().replace(" ", "-") for heading in headings):
            problems.append(f"{alert['name']}: {alert['annotations'].get('runbook')} leads nowhere")
        if not alert["annotations"].get("summary") or not alert["annotations"].get("description"):
            problems.append(f"{alert['name']}: no summary or no description")
        if alert["labels"].get("severity") not in ("critical", "warning", "info"):
            problems.append(f"{alert['name']}: its severity is none of critical, warning, info")
    tell(problems, f"{len(alerts)} alerts say what is wrong and lead to the page that says what to do")
    tests = (INFRA / "prometheus/tests/alerts.yml").read_text()
    blocks = re.split(r"\n  - name: ", tests)
    problems = []
    for name in (alert["name"] for alert in alerts):
        mine = [block for block in blocks if block.startswith(name + "\n")]
        if not any(f'alertname="{name}"' in block and "exp_samples: []" in block for block in mine):
            problems.append(f"{name} has no unit test where it fires and where it does not")
    tell(problems, f"{len(alerts)} alerts have unit tests where they fire and where they don't")
    firing = sorted(r["name"] for r in alerts for a in r["alerts"] if a["state"] == "firing")
    tell([] if firing == ["SlipwayDrift"] else [f"firing: {firing}"], "after the demo the alert about drift fires, and no other")


def await_rules(prometheus):
    """Until what the demo has done last is scraped, and all rules have seen it."""
    began = time.time()
    while time.time() - began < 60:
        groups = prometheus.get("rules")["groups"]
        judged = [rule.get("lastEvaluation", "") for group in groups for rule in group["rules"]]
        scraped = [t["lastScrape"] for t in prometheus.get("targets", state="active")["activeTargets"] if t["health"] == "up"]
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(began + 4))
        if judged and scraped and min(judged) > moment and min(scraped) > moment:
            return
        time.sleep(1)
    tell(["Prometheus has neither scraped nor judged within a minute"], "Prometheus scrapes the server")


def main(url, promtool, scratch):
    prometheus = Prometheus(url)
    boards = dashboards()
    check_layout(boards)
    check_syntax(
        [in_dashboard(t["expr"], [v["name"] for v in b["templating"]["list"]]) for b in boards.values() for p in b["panels"] for t in p["targets"]],
        promtool,
        scratch,
    )
    await_rules(prometheus)
    for path, board in boards.items():
        check_dashboard(prometheus, path, board)
    check_rules(prometheus)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
