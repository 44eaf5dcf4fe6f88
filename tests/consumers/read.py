"""Reads caveat's reports as other programs do: read.py FOLDER, where FOLDER holds out.sarif, out.junit,
out.checkstyle and out.gitlab of one run. Prints what each reader found, one line a report."""

import glob
import json
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import jsonschema
from sarif import loader

folder = Path(sys.argv[1])
schemas = glob.glob(str(Path(sys.prefix) / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0*.json"))
schema = json.loads(Path(schemas[0]).read_text(encoding="utf-8"))
log = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)(schema)
mistakes = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(log)]
if mistakes:
    sys.exit("out.sarif is not valid\n" + "\n".join(mistakes[:20]))

records = loader.load_sarif_file(str(folder / "out.sarif")).get_records()
print("sarif", len(records), *[f"{r['Severity']}:{r['Code']}:{r['Line']}" for r in records])
print("junit", len(xml.parse(folder / "out.junit").findall(".//failure")))
print("checkstyle", len(xml.parse(folder / "out.checkstyle").findall(".//error")))
print("gitlab", len(json.loads((folder / "out.gitlab").read_text(encoding="utf-8"))))
