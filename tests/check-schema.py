#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""check-schema.py SCHEMA FILE.csv [LACKING,...]: exit 1, and say why, unless the file keeps the rules of a national schema: the columns in
their order, what is required, types, codes. The rules are those of schema.data.gouv.fr (versions below), not of our exports. Columns named third may be empty though required: the town knows them, ilot does not."""
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
    # etalab/schema-stationnement 0.1.5
    "stationnement": {
        "id": (INSEE + r"-P-\d{3}", True), "nom": (TEXT, True), "insee": (INSEE, True), "adresse": (TEXT, False), "url": (TEXT, False),
        "type_usagers": ("tous|abonnés", True), "gratuit": ("true|false", True), "nb_places": (r"\d+", True),
        **{name: (r"\d+", False) for name in ("nb_pr", "nb_pmr", "nb_voitures_electriques", "nb_velo", "nb_2r_el", "nb_autopartage",
                                              "nb_2_rm", "nb_covoit")},
        "hauteur_max": (r"\d+|N/A", True), "num_siret": (r"\d{14}", True), "Xlong": (NUMBER, True), "Ylat": (NUMBER, True),
        "tarif_pmr": ("gratuit|normal_payant|tarif_special", False),
        **{name: (NUMBER, False) for name in ("tarif_1h", "tarif_2h", "tarif_3h", "tarif_4h", "tarif_24h", "abo_resident",
                                             "abo_non_resident")},
        "type_ouvrage": ("enclos_en_surface|ouvrage", False), "info": (TEXT, False)},
    # scdl/equipements 0.1.5
    "equipements": {
        "COLL_NOM": (TEXT, True), "COLL_SIRET": (r"\d{14}", True), "EQUIP_UID": (r"[0-9AB]{5}-\d{8}-\d{3}", True),
        "EQUIP_THEME": (r"Equipement (administratif|de justice|sanitaire|social et d'animation|sportif et de loisirs|d'enseignement|cultuel"
                        r"|culturel|de mobilité)|Autre équipement", True),
        "EQUIP_CODE": (r"\d{8}-\d{3}", True), "EQUIP_TYPE": (TEXT, True), "EQUIP_NOM": (TEXT, True),
        **{name: (TEXT, True) for name in ("ADR_NUMERO", "ADR_NOMVOIE", "ADR_CODEPOSTAL", "ADR_COMMUNE")},
        "ADR_CLE_INTEROP": (r"\w{16,}", False), "ERP_ID": (TEXT, False), "ERP_TYPE": (TEXT, False), "ERP_CATEGORIE": ("[1-5]", False),
        "EQUIP_LAT": (NUMBER, True), "EQUIP_LONG": (NUMBER, True), "EQUIP_OUVERTURE": (TEXT, False), "EQUIP_TEL": (TEXT, False),
        "EQUIP_EMAIL": (TEXT, False), "EQUIP_WEB": (TEXT, False)},
}
BOUNDS = {"xlong": 180, "ylat": 90, "Xlong": 180, "Ylat": 90, "EQUIP_LONG": 180, "EQUIP_LAT": 90}
LACKING = set(sys.argv[3].split(",")) if len(sys.argv) > 3 else set()

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
            if value == "" and required and name not in LACKING:
                faults.append(f"row {number}: {name} is required")
            elif value and not re.fullmatch(pattern, value):
                faults.append(f"row {number}: {name} is '{value}'")
            elif value and name in BOUNDS and abs(float(value)) > BOUNDS[name]:
                faults.append(f"row {number}: {name} is {value}")
    if not seen:
        faults.append("no row")
print("\n".join(faults[:20]))
sys.exit(1 if faults else 0)
