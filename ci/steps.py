#!/usr/bin/env python3
"""Runs the shell steps of action.yml or of ci/gitlab.yml here, as the service would, to try the files themselves.

    ci/steps.py action.yml NAME=VALUE...       inputs of the action; RUNNER_TEMP in the environment
    ci/steps.py ci/gitlab.yml NAME=VALUE...    variables of the job

Runs in the current folder; exits as the first step that fails. Steps that use other actions are named and left out.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml


def shell(program, env, strict):
    """Runs bash as the services do; stops this program when it fails."""
    code = subprocess.run(["bash", "--noprofile", "--norc", *strict, "-c", program], env=env).returncode
    if code:
        sys.exit(code)


def action(path, given):
    described = yaml.safe_load(path.read_text())
    inputs = {name: str(spec.get("default", "")) for name, spec in described["inputs"].items()}
    unknown = given.keys() - inputs.keys()
    if unknown:
        sys.exit(f"{path}: no input {', '.join(sorted(unknown))}")
    inputs.update(given)
    temp = os.environ["RUNNER_TEMP"]
    known = {f"inputs.{name}": value for name, value in inputs.items()}
    known |= {"github.action_path": str(path.resolve().parent), "runner.temp": temp, "runner.os": "Linux", "runner.arch": "X64"}
    outputs = {}

    def filled(text):
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda m: known[m[1]] if m[1] in known else outputs[m[1]], str(text))

    for step in described["runs"]["steps"]:
        if "uses" in step:
            print(f"(left out: {step['uses']})", file=sys.stderr)
            continue
        if "${{" in step["run"]:
            sys.exit(f"{path}: `{step['name']}` pastes an expression into the shell")
        with tempfile.NamedTemporaryFile("r") as out:
            env = {**os.environ, "GITHUB_OUTPUT": out.name} | {name: filled(text) for name, text in step.get("env", {}).items()}
            shell(step["run"], env, ["-e", "-o", "pipefail"])
            for line in out.read().splitlines():
                name, value = line.split("=", 1)
                outputs[f"steps.{step['id']}.outputs.{name}"] = value
    for name, spec in described["outputs"].items():
        print(f"output {name}={filled(spec['value'])}")


def gitlab(path, given):
    job = yaml.safe_load(path.read_text())[".caveat"]
    unknown = {name for name in given if name not in job["variables"] and not name.startswith("CI_")}
    if unknown:
        sys.exit(f"{path}: no variable {', '.join(sorted(unknown))}")
    env = dict(os.environ) | {name: str(value) for name, value in job["variables"].items()} | given
    shell("\n".join([*job["before_script"], *job["script"]]), env, ["-e", "-o", "pipefail"])


if __name__ == "__main__":
    file = Path(sys.argv[1])
    pairs = dict(pair.split("=", 1) for pair in sys.argv[2:])
    (gitlab if file.name == "gitlab.yml" else action)(file, pairs)
