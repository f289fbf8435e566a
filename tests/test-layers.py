#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-layers.py ILOT: small invented files of every source, in the layouts of the real ones, run beside a made district.
What each file is recognised as, how many rows it gives, and what stands in the store is compared with what was worked out
by hand. No real data is needed."""
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile

ILOT = os.path.abspath(sys.argv[1])
WEST, SOUTH = 2.0, 47.0          # a square of about 760 m by 1 110 m in the Berry, in Lambert 93


def square(lon, lat, size=0.001):
    return {"type": "Polygon", "coordinates": [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size],
                                                [lon, lat]]]}


def features(*pairs):
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": p, "geometry": g} for g, p in pairs]}, ensure_ascii=False)


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def line(*positions):
    return {"type": "LineString", "coordinates": [list(p) for p in positions]}


DISTRICT = features((square(WEST, SOUTH, 0.01), {"code_iris": "180330101", "nom_iris": "Centre"}))
PARCELS = features(
    (square(2.001, 47.001), {"id": "18033000AB0001", "section": "AB", "numero": "1", "contenance": 8000, "updated": "2024-01-01"}),
    (square(2.003, 47.001), {"id": "180332000A0012", "section": "A", "numero": "12", "contenance": 8000, "updated": "2024-01-01"}))


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, body in files.items():
            z.writestr(name, body)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:bz2") as t:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            t.addfile(info, io.BytesIO(body))
    return out.getvalue()


CASES = {
    "shops": {
        "files": {
            "parcelles.geojson": PARCELS,
            "commerces.csv": "Activité;Enseigne;latitude;longitude;Vacant;surface\r\nBoulangerie;L’Épi;47,002;2,002;non;45,5\r\n"
                             "Local vacant;;47,003;2,003;;\r\n;;47,003;2,003;;\r\nBar;Chez Lou;0;0;;\r\n".encode("cp1252"),
            "StockEtablissement.csv": "siren,siret,etatAdministratifEtablissement,activitePrincipaleEtablissement,"
                                      "enseigne1Etablissement,codeCommuneEtablissement,coordonneeLambertAbscisseEtablissement,"
                                      "coordonneeLambertOrdonneeEtablissement\n"
                                      "123456789,12345678900011,A,47.11B,MARCHÉ,18033,624250.5,6656950.2\n"
                                      "123456789,12345678900029,F,56.10A,[ND],18033,[ND],[ND]\n",
            "locaux.csv": "CODE DEPARTEMENT;CODE COMMUNE;PREFIXE DE SECTION;SECTION CADASTRALE;NUMERO DE PLAN;PROPRIETAIRE;"
                          "INVARIANT DU LOCAL;CATEGORIE REVISEE\n18;33;;AB;1;NOM-SECRET FICTIF;L1;MAG1\n"
                          "18;33;200;A;12;NOM-SECRET FICTIF;L2;MAG2\n18;33;;ZZ;9;NOM-SECRET FICTIF;L3;MAG1\n",
        },
        "expect": {
            "parcelles.geojson": "parcel/etalab 2 2 0",
            "commerces.csv": "shop/town_list 4 2 2",
            "StockEtablissement.csv": "shop/sirene 2 2 0",
            "locaux.csv": "shop/locomvac 3 3 0",
        },
        "sql": {
            "SELECT name, activity, is_vacant, floor_area_m2 FROM shop WHERE code LIKE 'commerces%' ORDER BY code":
                [("L’Épi", "Boulangerie", 0, 45.5), (None, "Local vacant", 1, None)],
            "SELECT code, is_active, name, geom IS NULL FROM shop WHERE code LIKE '123456789%' ORDER BY code":
                [("12345678900011", 1, "MARCHÉ", 0), ("12345678900029", 0, None, 1)],
            "SELECT s.code, s.is_vacant, p.code, s.x_m = p.on_surface_x_m FROM shop AS s LEFT JOIN parcel AS p USING (parcel_id)"
            " WHERE s.code LIKE 'L_' ORDER BY s.code":
                [("L1", 1, "18033000AB0001", 1), ("L2", 1, "180332000A0012", 1), ("L3", 1, None, None)],
            "SELECT count(*) FROM shop_district WHERE is_home": [(5,)],
        },
    },
    "streets": {
        "files": {
            "voies.geojson": features(
                (square(2.001, 47.001), {"@id": "relation/1", "highway": "pedestrian"}),
                (line((2.001, 47.001), (2.002, 47.001)), {"@id": "way/1", "highway": "residential", "maxspeed": "30", "name": "Rue A"}),
                (line((2.001, 47.002), (2.002, 47.002)), {"@id": "way/2", "highway": "footway"}),
                (line((2.001, 47.003), (2.002, 47.003)), {"@id": "way/3", "highway": "living_street", "bicycle": "designated"}),
                (point(2.001, 47.001), {"@id": "node/1", "highway": "crossing"})),
            "troncon.geojson": features(
                (line((2.003, 47.001), (2.004, 47.001)), {"cleabs": "T1", "nature": "Route à 1 chaussée", "importance": "5",
                                                          "vitesse_moyenne_vl": 20, "nom_voie_ban_gauche": "Rue B"}),
                (line((2.003, 47.002), (2.004, 47.002)), {"cleabs": "T2", "nature": "Sentier", "importance": "6"})),
            "reseau.geojson": features(
                (line((2.005, 47.001), (2.006, 47.001)), {"gid": 7, "type_chemin": 2, "compteur": "CP/12"})),
            "comptages.csv": "\ufeffcompteur;jeu_7_9;jeu_11_13;jeu_17_19;sam_7_9\r\nCP/12;373,5;20;30;1\r\nCP/99;1;2;3;4\r\n",
        },
        "expect": {"voies.geojson": "street/osm 5 3 2", "troncon.geojson": "street/bdtopo 2 2 0",
                   "reseau.geojson": "street/network 1 1 0", "comptages.csv": "footfall/slot 2 2 0"},
        "sql": {
            "SELECT code, is_pedestrian, speed_limit_km_h, is_cycle FROM street ORDER BY code":
                [("7", None, None, None), ("T1", 0, 20, 0), ("T2", 1, None, 0), ("way/1", 0, 30, 0), ("way/2", 1, None, 0),
                 ("way/3", 0, 20, 1)],
            "SELECT round(sum(length_m * share)) FROM street JOIN street_district USING (street_id) WHERE code = 'way/1'": [(76.0,)],
            "SELECT site_code, footfall_site_id IS NULL, people FROM footfall_slot WHERE weekday = 4 AND from_hour = 7":
                [("CP/12", 0, 373.5), ("CP/99", 1, 1.0)],
            "SELECT count(*) FROM rejected WHERE reason = 'geometry_of_other_type'": [(2,)],
        },
    },
    "venues": {
        "files": {
            "equipements.csv": "EQUIP_UID,EQUIP_THEME,EQUIP_NOM,EQUIP_LAT,EQUIP_LONG\n1,Equipement culturel,Musée,47.002,2.002\n"
                               "2,Equipement de mobilité,Gare,47.003,2.003\n3,Equipement culturel,Sans lieu,,\n",
            "bpe.csv": "AN;DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y\n2023;18033;F303;624250,5;6656950,2\n2023;18033;B101;624260;6656960\n",
            "bpe_types.csv": "TYPEQU;LIB_TYPEQU;LIB_SDOM\nF303;CINÉMA;ÉQUIPEMENTS CULTURELS\n",
            "poles.geojson": features((point(2.004, 47.004), {"lieu": "Halle"})),
            "culture.geo.json": features((point(2.005, 47.005), {"geo": {"name": "Bibliothèque"}, "_IDOBJ": 11, "LIBTHEME": "CULTURE",
                                                                 "LIBCATEGORIE": "Médiathèque", "LIBTYPE": None})),
            "mobilite-parking.geo.json": features((point(2.006, 47.005), {"geo": {"name": "P1"}, "_IDOBJ": 12, "LIBTHEME": "DEPLACEMENT",
                                                                          "LIBCATEGORIE": "Vélo", "LIBTYPE": None})),
            "parcs.csv": "id,nom,gratuit,nb_places,nb_pmr,hauteur_max,Xlong,Ylat,type_ouvrage\nP-1,Gare,true,325,8,N/A,2.002,47.003,ouvrage\n"
                         "P-2,Nulle part,false,10,1,190,,,enclos\n",
            "stationnement.geojson": features((square(2.006, 47.006), {"nom": "zone rouge"}),
                                              (line((2.001, 47.008), (2.002, 47.008)), {"nom": "rue C", "usage": "rue"})),
        },
        "expect": {"equipements.csv": "venue/scdl 3 2 1", "bpe.csv": "venue/bpe 2 2 0", "bpe_types.csv": "venue/bpe_types 1 1 0",
                   "poles.geojson": "venue/town 1 1 0", "culture.geo.json": "venue/nantes 1 1 0",
                   "mobilite-parking.geo.json": "parking/nantes 1 1 0", "parcs.csv": "parking/national 2 1 1",
                   "stationnement.geojson": "parking/town 2 2 0"},
        "sql": {
            "SELECT name, venue_type, is_culture FROM venue ORDER BY name":
                [(None, "B101", 0), ("Bibliothèque", "Médiathèque", 1), ("CINÉMA", "F303", 1), ("Gare", "Equipement de mobilité", 0),
                 ("Halle", None, None), ("Musée", "Equipement culturel", 1)],
            "SELECT name, spaces, is_free, parking_type FROM parking ORDER BY name":
                [("Gare", 325, 1, "ouvrage"), ("P1", None, None, "Vélo"), ("rue C", None, None, "rue"), ("zone rouge", None, None, "zone")],
            "SELECT count(*) FROM parking_district WHERE is_home": [(4,)],
        },
    },
    "register": {
        "files": {
            "parcelles.geojson": PARCELS,
            "mouvements.csv": "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n32,2016-01-01,COM,18200,COM,18033\n"
                              "10,2001-01-01,COM,18033,COM,18033\n41,1990-01-01,COM,18033,COM,18299\n21,1995-01-01,COM,18299,COM,18033\n",
            "logements.csv": "dwelling_id,parcel_id,vacant_since_year\nd1,18033000AB0001,\nd2,18033000AB0001,2020\nd3,18033000AB0001,2020\n"
                             "d4,18033000AB0001,2019\nd5,182000000A0012,\nd6,18099000AB0009,2015\nd7,18033000AB0002,\n",
            "lovac.csv": "annee;ff_idlocal;ff_idpar;nature;aff;debutvacance;groupe;ff_ccthp;proprietaire\n"
                         "2025;d1;18033000AB0001;MAISON  ;H;2024;;V;NOM-SECRET FICTIF\n2025;d2;18033000AB0001;APPART;H;2020;;V;NOM-SECRET FICTIF\n"
                         "2025;d3;18033000AB0001;APPART;H;2018;;V;NOM-SECRET FICTIF\n2025;d9;18033000AB0001;APPART;H;2010;;V;NOM-SECRET FICTIF\n"
                         "2025;d2;18033000AB0001;APPART;H;1999;;V;NOM-SECRET FICTIF\n2025;d8;18033000AB0001;APPART;H;2010;9;V;NOM-SECRET FICTIF\n",
        },
        "expect": {"parcelles.geojson": "parcel/etalab 2 2 0", "mouvements.csv": "commune/moves 4 4 0",
                   "logements.csv": "dwelling/plain 7 7 0", "lovac.csv": "dwelling/lovac 6 4 2"},
        "sql": {
            # d1: LOVAC says vacant; d4: the register does, LOVAC not; d6 lies in a commune LOVAC does not speak of
            "SELECT code, is_vacant, vacant_since_year, in_stock FROM dwelling ORDER BY code":
                [("d1", 1, 2024, 1), ("d2", 1, 2020, 1), ("d3", 1, 2018, 1), ("d4", 0, None, 1), ("d5", 0, None, 1),
                 ("d6", 1, 2015, 1), ("d7", 0, None, 1), ("d9", 1, 2010, 0)],
            "SELECT what, code, lovac_row_id IS NULL FROM dwelling_disagreement ORDER BY code":
                [("occupied_but_in_lovac", "d1", 0), ("other_start_year", "d3", 0), ("vacant_but_not_in_lovac", "d4", 1),
                 ("not_in_register", "d9", 0)],
            # a parcel of a commune merged in 2016 is found under its code of today, of the prefix 200
            "SELECT p.code FROM dwelling AS d JOIN parcel AS p USING (parcel_id) WHERE d.code = 'd5'": [("180332000A0012",)],
            "SELECT code, now_code FROM commune_now": [("18200", "18033")],
        },
        "notes": {"logements.csv": ["2 logement(s) sur une parcelle absente du cadastre", "1 logement(s) d'une commune fusionnée"],
                  "lovac.csv": ["1 logement(s) occupé(s) dans le registre", "1 logement(s) dont la vacance commence"]},
    },
    "figures": {
        "files": {
            "lovac_communes.csv": "CODGEO_25;LIBGEO_25;pp_vacant_25;pp_vacant_plus_2ans_25;pp_total_24;pp_vacant_24\r\n"
                                  "1004;Ambérieu;1\u00a0234;s;12\u202f345;9\r\n2A004;Ajaccio;0;0;100;9\r\n18033;Bourges;;nd;s;9\r\n"
                                  .encode("utf-16"),
            "iris.csv": "Logement en 2020;;;\nSource : INSEE;;;\nIRIS;COM;P20_LOG;P20_LOGVAC\n180330101;18033;1200.5;99.25\n010040000;1004;3;\n",
            "communes-24-2024.json": json.dumps([{"code_insee": "24071", "nom": "B", "nb_log_prive": 369, "nb_log_vacant": 77,
                                             "nb_log_vacant_2ans": None}]),
            "dbase.csv": '"AREA_CODE,C,9";"DWELLINGS,N,13,11";"VACANT_DWELLINGS,N,13,11"\n18033;10,5;s\n18034;1;2\n',
            "carreaux.geojson": features((square(2.002, 47.002, 0.002), {"idcar_200m": "CRS3035RES200mN1E1", "ind": 30.5, "men": 12,
                                                                       "men_pauv": 2, "i_est_200": 1, "lcog_geo": "18033"})),
            "revenus.csv": "IRIS;LIBIRIS;DISP_MED19\n180330101;Centre;15260\n180330102;Est;ns\n180330103;Nord;s\n",
            "acv.geojson": features((point(2.002, 47.002), {"insee_com": 1004, "id_acv": "ACV1", "lib_com": "A"}),
                                    (point(2.003, 47.002), {"insee_com": "18033", "id_acv": "ACV1", "lib_com": "B"})),
            "ort.csv": 'Commune,Code commune,Statut de la commune,Signée ?,ACV,longitude,latitude\n"18 - Bourges",18033,1. Commune ACV,'
                       'Signée,true,2.4,47.1\n01 - Lieu,01004,3. Autre,Non signée,false,,\n',
        },
        "expect": {"lovac_communes.csv": "housing_area/lovac_commune 3 3 0", "iris.csv": "housing_area/insee_iris 2 2 0",
                   "communes-24-2024.json": "housing_area/lovac_derived 1 1 0", "dbase.csv": "housing_area/plain 2 1 1",
                   "carreaux.geojson": "district/filosofi_grid 1 1 0", "revenus.csv": "income/filosofi 3 3 0",
                   "acv.geojson": "programme/acv 2 2 0",
                   "ort.csv": "programme/ort 2 2 0"},
        "sql": {
            "SELECT area_code, period, dwellings_period, dwellings, dwellings_status, vacant_dwellings, vacant_status,"
            " long_vacant_dwellings, long_vacant_status, long_vacant_low, long_vacant_high FROM housing_area WHERE period = 2025"
            " ORDER BY housing_area_id":
                [("01004", 2025, 2024, 12345.0, "ok", 1234.0, "ok", None, "secret", 1.0, 10.0),
                 ("2A004", 2025, 2024, 100.0, "ok", 0.0, "ok", 0.0, "ok", None, None),
                 ("18033", 2025, 2024, None, "secret", None, "missing", None, "missing", None, None)],
            "SELECT area_code, period, dwellings, vacant_dwellings, vacant_status FROM housing_area WHERE area_level = 'iris'":
                [("180330101", 2020, 1200.5, 99.25, "ok"), ("010040000", 2020, 3.0, None, "missing")],
            "SELECT g.people, g.is_imputed, d.grain FROM grid_population AS g JOIN district AS d USING (district_id)":
                [(30.5, 1, "grid200m")],
            "SELECT area_code, period, median_income_eur, status FROM area_income ORDER BY 1":
                [("180330101", 2019, 15260.0, "ok"), ("180330102", 2019, None, "missing"), ("180330103", 2019, None, "secret")],
            "SELECT programme, code, communes FROM programme ORDER BY 1, 2": [("ACV", "ACV1", 2), ("ORT", "01004", 1), ("ORT", "18033", 1)],
        },
        "notes": {"iris.csv": ["les noms des colonnes sont à la ligne 3"]},
    },
    "sales": {
        "files": {
            "parcelles.geojson": PARCELS,
            "dvf.csv": "id_mutation,date_mutation,numero_disposition,nature_mutation,valeur_fonciere,id_parcelle,type_local,"
                       "surface_reelle_bati,code_nature_culture,surface_terrain,longitude,latitude\n"
                       "2024-1,2024-05-02,1,Vente,100000,18033000AB0001,Maison,80,S,300,2.0015,47.0015\n"      # one house on two
                       "2024-1,2024-05-02,1,Vente,100000,18033000AB0001,Maison,80,J,200,2.0015,47.0015\n"      # land uses
                       "2024-1,2024-05-02,1,Vente,100000,18033000ZZ0009,,,T,1000,,\n"
                       "2024-2,2024-06-01,1,Vente,50000,180332000A0012,Appartement,40,,,,\n"
                       "2024-2,2024-06-01,1,Vente,50000,180332000A0012,Appartement,40,,,,\n"
                       "2024-2,2024-06-01,1,Vente,50000,180332000A0012,Dépendance,,,,,\n",
            "dpe.csv": "numero_dpe,etiquette_dpe,etiquette_ges,date_etablissement_dpe,methode_application_dpe,_geopoint\n"
                       "D1,F,C,2023-04-01,dpe appartement individuel,\"47.002,2.002\"\nD2,G,X,01/02/2024,dpe immeuble collectif,\nD3,Z,A,,,\n",
            "adresses.csv": "id;numero;rep;nom_voie;code_postal;code_insee;x;y;lon;lat;cad_parcelles\n"
                            "18033_1_00012_bis;12;bis;Rue A;1000;18033;1;1;2.0015;47.0015;18033000AB0001|180332000A0012\n"
                            "18033_1_00013;13;;Rue A;18000;18033;1;1;2.0015;47.0015;18033000ZZ0001\n",
        },
        "expect": {"parcelles.geojson": "parcel/etalab 2 2 0", "dvf.csv": "sale/geo_dvf 6 6 0", "dpe.csv": "energy_label/dpe 3 2 1",
                   "adresses.csv": "address/ban 2 2 0"},
        "sql": {
            "SELECT code, year, price_eur, dwellings, built_area_m2, land_area_m2, geom IS NULL, parcel_id FROM sale ORDER BY code":
                [("2024-1", 2024, 100000.0, 1, 80.0, 1500.0, 0, 1), ("2024-2", 2024, 50000.0, 2, 80.0, None, 1, 2)],
            "SELECT count(*), count(parcel_id) FROM sale_parcel": [(3, 2)],
            "SELECT code, label, ghg_label, label_date, is_building, geom IS NULL FROM energy_label ORDER BY code":
                [("D1", "F", "C", "2023-04-01", 0, 0), ("D2", "G", None, "2024-02-01", 1, 1)],
            "SELECT number, postal_code, parcel_id, parcel_code FROM address ORDER BY code":
                [("12 bis", "01000", 1, "18033000AB0001"), ("13", "18000", None, "18033000ZZ0001")],
            "SELECT count(*) FROM sale_district WHERE is_home": [(1,)],
        },
        "notes": {"dvf.csv": ["2 vente(s)", "1 parcelle(s) de ventes absentes"], "adresses.csv": ["1 adresse(s) sur une parcelle absente"]},
    },
    "series": {
        "files": {
            "cameras.csv": "FID,Id,LocName,X_Lon,Y_Lat\n,,,,\n0,Camera 1,Market Street,2.002,47.002\n1,Camera 2,Market Street at Post Office,2.003,47.002\n",
            "hourly.csv": "Date,InCount,LocationName,Hour\n01/07/2015,268,Market Street,0\n01-Jul-15,30,MarketStPostOff,1\n2015-07-01,,Market Street,2\n"
                          "29/03/2015,5,Market Street,2\n01/07/2015,1,Elsewhere,0\n01/07/2015,-4,Market Street,5\n",
            "portail_sites.csv": "name;user_type;geo_point_2d\nQuai;pedestrian;47.004, 2.004\nPont;bike;47.004, 2.004\n",
            "portail.csv": "name;date;counts\nQuai;2024-05-01T10:00:00+02:00;12\nPont;2024-05-01T10:00:00+02:00;12\n",
            "zones.csv": "zone;date;volume\n180330101;2024-05-01;250\n180330101;2024-05-02;s\nAilleurs;2024-05-01;3\n",
        },
        "expect": {"cameras.csv": "footfall/city_site 3 2 1", "hourly.csv": "footfall/city_hourly 6 2 4",
                   "portail_sites.csv": "footfall/ods_site 2 1 1", "portail.csv": "footfall/ods_count 2 1 1",
                   "zones.csv": "footfall/zone_count 3 3 0"},
        "sql": {
            "SELECT s.code, c.day, c.count FROM footfall_count AS c JOIN footfall_site AS s USING (footfall_site_id) ORDER BY 1":
                [("Camera 1", 20150701, 268.0), ("Camera 2", 20150701, 30.0), ("Quai", 20240501, 12.0)],
            "SELECT reason, count(*) FROM rejected JOIN source_file USING (source_file_id) WHERE path = 'hourly.csv' GROUP BY 1":
                [("count_not_usable", 1), ("no_measure", 1), ("site_unknown", 1), ("time_unreadable", 1)],
            "SELECT zone_code, district_id IS NULL, people, status FROM footfall_zone_count ORDER BY 1, day":
                [("180330101", 0, 250.0, "ok"), ("180330101", 0, None, "secret"), ("Ailleurs", 1, 3.0, "ok")],
        },
        "notes": {"hourly.csv": ["« MarketStPostOff » est pris pour « Market Street at Post Office »"]},
    },
    # a table of counts that places its sites: S1 by two rows of three (one counted 380 m away is not used), S2 by its second row, S3
    # not at all (0, 0 is no place), S4 by a file of sites though the row says elsewhere, S5 sits in the sea with its axes swapped
    "placed": {
        "files": {
            "comptages.csv": "sensor_id;timestamp;count;lon;lat\nS1;2024-05-01T10:00;5;2.002;47.002\nS1;2024-05-01T11:00;6;2.007;47.002\n"
                             "S1;2024-05-01T12:00;7;2,002;47,002\nS2;2024-05-01T10:00;8;;\nS2;2024-05-01T11:00;9;2.003;47.003\n"
                             "S3;2024-05-01T10:00;1;0;0\nS4;2024-05-01T10:00;2;2.0041;47.004\nS5;2024-05-01T10:00;3;47.002;2.002\n"
                             "S6;2024-05-01T10:00;4;624250;6656950\nS1;2024-05-01T13:00;;2.002;47.002\n",
            "capteurs.geojson": features((point(2.004, 47.004), {"sensor_id": "S4", "name": "Halle"})),
            "logements-iris.csv": "code_insee;code_iris;annee;logements;vacants\n18033;180330101;2023;1\u202f200;99\n18033;180330102;2023;s;nd\n"
                                  "1004;10040101;2023;0;0\n18033;180330103;23;9;1\n18033;1,8E+08;2023;9;1\n18033;180330104;2023;-9;1\n"
                                  "18033;180330105;2023;neuf;1\n18033;180330101;2023;1;1\n",
        },
        "expect": {"comptages.csv": "footfall/plain_count_placed 10 8 2", "capteurs.geojson": "footfall/plain_site 1 1 0",
                   "logements-iris.csv": "housing_area/town_iris 8 3 5"},
        "sql": {
            "SELECT s.code, c.count, c.source_row FROM footfall_count AS c JOIN footfall_site AS s USING (footfall_site_id) ORDER BY 1, 2":
                [("S1", 5.0, 2), ("S1", 7.0, 4), ("S2", 8.0, 5), ("S2", 9.0, 6), ("S4", 2.0, 8), ("S5", 3.0, 9)],
            "SELECT s.code FROM footfall_site_district JOIN footfall_site AS s USING (footfall_site_id) WHERE is_home ORDER BY 1":
                [("S1",), ("S2",), ("S4",)],
            "SELECT plausibility, source_row FROM fault WHERE plausibility LIKE 'position%' ORDER BY 1, 2":
                [("position_missing", 7), ("position_moves", 3), ("position_swapped", 9)],
            "SELECT reason, source_row FROM rejected ORDER BY 1":
                [("code_exponent", 6), ("duplicate", 9), ("metres_as_degrees", 10), ("negative_number", 7), ("no_measure", 11),
                 ("number_unreadable", 8), ("year_unreadable", 5)],
            "SELECT area_code, written_code, period, concept, dwellings, dwellings_status, dwellings_high, vacant_dwellings, vacant_status"
            " FROM housing_area ORDER BY 1":
                [("010040101", "10040101", 2023, "all", 0.0, "ok", None, 0.0, "ok"),
                 ("180330101", None, 2023, "all", 1200.0, "ok", None, 99.0, "ok"),
                 ("180330102", None, 2023, "all", None, "secret", 10.0, None, "missing")],
        },
        "notes": {"comptages.csv": ["2 comptage(s) inutilisé(s)", "3 site(s) de comptage placé(s)"]},
    },
    "buildings": {
        "files": {
            "batiments.geojson": features((square(2.001, 47.001, 0.0002), {"type": "01", "nom": None, "commune": "18033", "created": "2011-12-07"}),
                                          (square(2.001, 47.002, 0.0002), {"type": "02", "nom": None, "commune": "18033", "created": "2011-12-07"})),
            "bdtopo.geojson": features((square(2.002, 47.001, 0.0002), {"ID": "B1", "NATURE": "Indifférenciée", "USAGE1": "Résidentiel",
                                                                      "NB_LOGTS": 4, "NB_ETAGES": None, "HAUTEUR": 7.5, "DATE_APP": "1950-01-01"})),
            "bdnb.geojson": features((square(2.0013, 47.0013, 0.0002), {"batiment_c": "C1", "batiment_g": "18033000AB0001_70cd", "hauteur": 4.9})),
            "osm-batiments.geojson": features((square(2.004, 47.001, 0.0002), {"osm_id": "42", "fclass": "building", "type": "house"})),
            "mine.geojson": features((square(2.005, 47.001, 0.0002), {"building_id": 9, "floors": 3})),
            "parcelles.geojson": PARCELS,
            "ort-centre.geojson": features((square(2.001, 47.001, 0.004), {"nom": "Secteur d'intervention"})),
            "transport_zones.geojson": features((square(2.001, 47.001, 0.004), {"code": "Z", "nom": "Zone"})),
            "sections.geojson": features((square(2.001, 47.001, 0.004), {"id": "18033200AB", "commune": "18033", "prefixe": "200", "code": "AB"})),
        },
        "expect": {"batiments.geojson": "building/etalab 2 2 0", "bdtopo.geojson": "building/bdtopo 1 1 0",
                   "bdnb.geojson": "building/bdnb 1 1 0", "osm-batiments.geojson": "building/osm 1 1 0",
                   "mine.geojson": "building/plain 1 1 0", "parcelles.geojson": "parcel/etalab 2 2 0",
                   "ort-centre.geojson": "district/ort 1 1 0", "transport_zones.geojson": "district/plain 1 1 0",
                   "sections.geojson": "district/section 1 1 0"},
        "sql": {
            "SELECT code, is_light, floors, height_m, dwellings, construction_year, building_use, parcel_id FROM building ORDER BY code":
                [("42", None, None, None, None, None, "house", None), ("9", None, 3, None, None, None, None, None),
                 ("B1", None, None, 7.5, 4, 1950, "Résidentiel", None), ("C1", None, None, 4.9, None, None, None, 1),
                 ("batiments 1", 0, None, None, None, None, None, None), ("batiments 2", 1, None, None, None, None, None, None)],
            "SELECT grain, name FROM district WHERE grain <> 'iris' ORDER BY 1":
                [("ort", "Secteur d'intervention"), ("section", "Section 200 AB"), ("transport_zones", "Zone")],
        },
    },
    "archives": {
        "files": {
            "tables.zip": zipped({"data/lu/logements.csv": "dwelling_id,parcel_id,vacant_since_year\nd1,x,\n", "data/readme.txt": "x",
                                  "data/parcelles-2022.geojson": PARCELS, "data/parcelles-2024.geojson": PARCELS}),
            "counts.tar.bz2": tarred({"venues/equipements.csv": b"EQUIP_UID,EQUIP_THEME,EQUIP_NOM,EQUIP_LAT,EQUIP_LONG\n1,A,B,47.002,2.002\n"}),
            "climbs.zip": zipped({"../../climbs.csv": "dwelling_id,parcel_id,vacant_since_year\nd1,x,\n"}),
            "bomb.zip": zipped({"big.csv": b"a" * (80 << 20)}),
            "nested.zip": zipped({"inner.zip": zipped({"a.csv": "a"})}),
        },
        "expect": {"tables.zip/data/lu/logements.csv": "dwelling/plain 1 1 0", "tables.zip/data/parcelles-2022.geojson": "None/None 0 0 0",
                   "tables.zip/data/parcelles-2024.geojson": "parcel/etalab 2 2 0",
                   "counts.tar.bz2/venues/equipements.csv": "venue/scdl 1 1 0", "climbs.zip": "None/None 0 0 0",
                   "bomb.zip": "None/None 0 0 0", "nested.zip/inner.zip": "None/None 0 0 0"},
        "sql": {},
        "notes": {"climbs.zip": ["serait écrit hors de son dossier"], "bomb.zip": ["plus de 100 fois sa taille"],
                  "nested.zip/inner.zip": ["archive dans une archive"],
                  "tables.zip/data/parcelles-2022.geojson": ["millésime antérieur"]},
    },
}


def write(folder, files):
    for name, body in files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(body if isinstance(body, bytes) else body.encode("utf-8"))


def differences(out, case):
    report = json.load(open(os.path.join(out, "report.json"), encoding="utf-8"))
    got = {f["path"]: f for f in report["files"] if f["path"] != "iris.geojson"}
    found = {p: f"{f['layer']}/{f['source']} {f['rows']} {f['loaded']} {f['rejected']}" for p, f in got.items()}
    for path in sorted(set(found) | set(case["expect"])):
        if found.get(path) != case["expect"].get(path):
            yield f"{path}: expected {case['expect'].get(path)}, found {found.get(path)} {got.get(path, {}).get('notes')}"
    for path, notes in case.get("notes", {}).items():
        for note in notes:
            if not any(note in said for said in got[path]["notes"]):
                yield f"{path}: '{note}' is not said in {got[path]['notes']}"
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    for sql, expected in case["sql"].items():
        rows = db.execute(sql).fetchall()
        if rows != expected:
            yield f"{sql}\n    expected {expected}\n    found    {rows}"


def run(case):
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "in")
        scratch = os.path.join(work, "tmp")
        os.mkdir(folder)
        os.mkdir(scratch)
        write(folder, dict(case["files"], **{"iris.geojson": DISTRICT}))
        before = set(os.listdir(work))
        done = subprocess.run([ILOT, "run", folder, "-o", os.path.join(work, "out"), "--lang", "fr"], capture_output=True, text=True,
                              env=dict(os.environ, TMPDIR=scratch))
        if done.returncode:
            return [f"exit {done.returncode}: {done.stderr}"]
        wrong = list(differences(os.path.join(work, "out"), case))
        if set(os.listdir(work)) - before != {"out"} or os.listdir(scratch):
            wrong.append(f"left behind: {os.listdir(work)}, {os.listdir(scratch)}")
        for root, _, names in os.walk(os.path.join(work, "out")):
            for name in names:
                if b"SECRET" in open(os.path.join(root, name), "rb").read():
                    wrong.append(f"{name}: holds an owner")
        return wrong


print(f"1..{len(CASES)}")
failed = False
for n, (name, case) in enumerate(CASES.items(), 1):
    wrong = run(case)
    print(f"{'not ok' if wrong else 'ok'} {n} - {name}")
    for one in wrong:
        failed = True
        print("# " + one.replace("\n", "\n# "))
sys.exit(failed)
