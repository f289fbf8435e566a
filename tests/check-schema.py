#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""check-schema.py SCHEMA FILE.csv: exit 1, and say why, unless the file keeps the rules of a national schema: the columns in
their order, what is required, types, codes. The rules are those of schema.data.gouv.fr (versions below), not of our exports."""
import csv
import re
import sys

TEXT, NUMBER, TIME = r".*", r"-?\d+(\.\d+)?", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d(:?\d\d)?)"
INSEE = r"([013-9]\d|2[AB1-9])\d{3}"
MOBILITY = r"(BIKE|PEDESTRIAN|E-SCOOTER|CAR|BUS|UNDEFINED)(,(BIKE|PEDESTRIAN|E-SCOOTER|CAR|BUS|UNDEFINED))*"
# column: (pattern, required), in the schema's order
SCHEMAS = {
    # etalab/schema-comptage-mobilites-* 0.2.5
    "comptage-site": {
        "site_id": (TEXT, True), "parent_site_id": (TEXT, False), "site_name": (TEXT, True), "fr_insee_code": (INSEE, False),
        "xlong": (NUMBER, True), "ylat": (NUMBER, True), "external_ids": (TEXT, False), "infrastructure_type": (TEXT, False)},
    "comptage-channel": {
        "channel_id": (TEXT, True), "channel_provider_id": (TEXT, False), "site_provider_id": (TEXT, False), "site_id": (TEXT, True),
        "mobility_type": (MOBILITY, False), "comment": (TEXT, False), "counter_transmission_type": ("REMOTE TRANSMISSION|MANUAL", False),
        "publication_transmission_type": ("API|MANUAL", False), "counter_type": (TEXT, False), "direction": ("N|NW|NE|W|SW|S|SE|E", False),
        "provider_direction_code": (TEXT, False), "provider_direction_name": (TEXT, False), "data_provider_name": (TEXT, False),
        "temporality": ("TEMPORARY|PERMANENT", True), "started_at": (TIME, True), "ended_at": (TIME, False),
        "last_updated_at": (TIME, False), "time_step": (NUMBER, False), "provider_portal_url": (TEXT, False)},
    "comptage-measure": {
        "channel_id": (TEXT, True), "counter_id": (TEXT, False), "start_datetime": (TIME, True), "end_datetime": (TIME, False),
        "count": (NUMBER, False)},
}
BOUNDS = {"xlong": 180, "ylat": 90}

schema = SCHEMAS[sys.argv[1]]
faults = []
with open(sys.argv[2], encoding="utf-8", newline="") as f:
    rows = csv.reader(f)
    head = next(rows)
    if head != list(schema):
        faults.append(f"columns {head}, expected {list(schema)}")
    seen = 0
    for number, row in enumerate(rows, 2):
        seen += 1
        for name, value in zip(head, row):
            pattern, required = schema.get(name, (TEXT, False))
            if value == "" and required:
                faults.append(f"row {number}: {name} is required")
            elif value and not re.fullmatch(pattern, value):
                faults.append(f"row {number}: {name} is '{value}'")
            elif value and name in BOUNDS and abs(float(value)) > BOUNDS[name]:
                faults.append(f"row {number}: {name} is {value}")
    if not seen:
        faults.append("no row")
print("\n".join(faults[:20]))
sys.exit(1 if faults else 0)
