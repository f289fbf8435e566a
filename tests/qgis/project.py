#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""project.py RESULT fr|en OUT: opens the result of a run in a headless QGIS as a planner would, after moving it to a path with
a space and an accent; checks layers, classes, styles, themes and layouts, and leaves a PDF and a PNG of each layout in OUT.
Prints "FAIL what" for each fault; exits 1 when there is one. To be run by Debian's own Python, which has PyQGIS."""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
work = tempfile.mkdtemp(prefix="ilot-qgis-")
os.environ["XDG_RUNTIME_DIR"] = work
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = work  # nobody's own styles and settings
from qgis.core import (QgsApplication, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils,  # noqa: E402
                       QgsLayoutExporter, QgsLayoutItem, QgsLayoutItemLabel,
                       QgsLayoutItemLegend, QgsLayoutItemMap, QgsLayoutItemShape, QgsProject, QgsVectorLayer)
from qgis.PyQt.QtCore import QRectF  # noqa: E402

result, lang, out = sys.argv[1:4]
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)
        print("FAIL", what)


def values(layer, field):
    return [f[field] for f in layer.getFeatures() if f[field] is not None and str(f[field]) != "NULL"]


def sure_values(layer, field):
    """Those that make the classes: of enough observations, where at least four are."""
    status = layer.fields().lookupField(field + "_status")
    sure = [f[field] for f in layer.getFeatures() if status >= 0 and f[status] == "ok"]
    return sure if len(sure) >= 4 else values(layer, field)


# ---- classes

def fixed_classes():
    """Classes per indicator and division, as the run wrote them."""
    counts = {}
    for row in csv.DictReader(open(os.path.join(result, "classes.csv"), encoding="utf-8")):
        if row["method"] != "circle":
            counts[row["indicator"], row["grain"]] = counts.get((row["indicator"], row["grain"]), 0) + 1
    return counts


def check_classes(layer, counts):
    renderer = layer.renderer()
    field = renderer.classAttribute()
    ranges = renderer.ranges()
    n = len(ranges)
    if layer.fields().lookupField("grain") >= 0: # the limits of a score are the same everywhere: no row in classes.csv
        grain = next(layer.getFeatures())["grain"]
        expect(n == counts.get((field, grain)), f"{layer.id()}: {n} classes, classes.csv says {counts.get((field, grain))}")
    different = len(set(sure_values(layer, field)))
    expect(n <= 6 and n >= min(4, different), f"{layer.id()}: {n} classes of {different} values")
    for before, after in zip(ranges, ranges[1:]):
        expect(before.upperValue() == after.lowerValue(), f"{layer.id()}: a hole between classes")
        expect(("plus de" if lang == "fr" else "over") in after.label(), f"{layer.id()}: label {after.label()!r}")
    for value in values(layer, field):
        expect(any(r.lowerValue() <= value <= r.upperValue() for r in ranges), f"{layer.id()}: {value} is in no class")
    for r in ranges:
        expect(("." if lang == "fr" else "\u00a0") not in r.label(), f"{layer.id()}: {r.label()!r} is not in {lang}")
    lightness = [r.symbol().color().lightness() for r in ranges]
    expect(lightness == sorted(lightness, reverse=True), f"{layer.id()}: colours do not darken")


def check_tip(layer):
    """What a file wrote stays text in the map tip, and charts are drawn."""
    feature = next(layer.getFeatures())
    name = layer.fields().lookupField("name")
    if name >= 0:
        feature.setAttribute(name, "<img src=x>&[% 6 * 7 %]")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    html = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    expect("<img" not in html and (name < 0 or "6 * 7" in html), f"{layer.id()}: map tip {html[:200]!r}")
    if "<svg" in layer.mapTipTemplate() and feature["week_hours"]:
        expect(html.count("<rect") >= 24 and "<polyline" in html, f"{layer.id()}: no chart in the map tip {html[:200]!r}")


def check_layer(layer, counts):
    expect(layer.isValid(), f"{layer.id()}: invalid, {layer.source()}")
    if not layer.isValid():
        return
    expect(layer.crs().authid() == "EPSG:2154", f"{layer.id()}: CRS {layer.crs().authid()!r}")
    expect(layer.featureCount() > 0, f"{layer.id()}: no feature")
    expect(layer.metadata().title() and layer.metadata().abstract(), f"{layer.id()}: no metadata")
    expect(layer.metadata().licenses(), f"{layer.id()}: no licence")
    expect(all(layer.attributeAlias(i) for i, f in enumerate(layer.fields()) if f.name() != "fid"), f"{layer.id()}: aliases")
    expect(layer.mapTipTemplate(), f"{layer.id()}: no map tip")
    for name in [layer.attributeAlias(i) for i in range(layer.fields().count())]:
        expect(not re.search(r"\((class|label|place|0 or 1|-" + (r"|parcels|people/day|years|days|slots" if lang == "fr" else "")
                             + r")\)", name), f"{layer.id()}: alias {name!r}")
    check_tip(layer)
    if layer.renderer().type() == "graduatedSymbol":
        check_classes(layer, counts)


# ---- the ranked list

def check_targets(project):
    """Its theme and layouts; the first twenty numbered on the map and listed beside it; a map tip with a sign for each point."""
    layer = next((x for x in project.mapLayers().values() if x.id().startswith("targets_")), None)
    expect(layer is not None, "no layer of targets")
    if layer is None:
        return
    title = "Cibles de rénovation (interne)" if lang == "fr" else "Renovation targets (internal)"
    themes = project.mapThemeCollection()
    expect(title in themes.mapThemes() and layer.id() in themes.mapThemeVisibleLayerIds(title), "targets: no theme of their own")
    for size in ("A4", "A3"):
        expect(project.layoutManager().layoutByName(f"{title} – {size}"), f"targets: no layout {size}")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    label = QgsExpression(layer.labeling().settings().fieldName)
    numbers, first = [], {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        numbers.append(label.evaluate(context))
        if feature["rank"] <= 20:
            first[feature["rank"]] = feature["code"]
            tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
            bars = [int(float(feature[f.name()]) + 0.5) for f in layer.fields()
                    if f.name().endswith("_points") and str(feature[f.name()]) != "NULL"]
            expect(abs(tip.count("█") - sum(bars)) <= 1 and sum(bars) > 0, f"targets: bars of {feature['code']}: {tip}")
            expect("[%" not in tip and feature["code"] in tip, f"targets: map tip of {feature['code']}")
    expect(sorted(int(n) for n in numbers if n) == sorted(first), f"targets: numbers on the map: {[n for n in numbers if n]}")
    name = re.sub(r"\W+", "-", f"{title} – A4")
    text = subprocess.run(["pdftotext", "-layout", f"{out}/{name}.pdf", "-"], capture_output=True, text=True).stdout
    listed = re.findall(r"\b(\d+)\s+(\w{14})\s+\d+–\d+\s+[\d.,]+", text)
    expect([(int(r), c) for r, c in listed] == sorted(first.items()), f"targets: the list of the layout: {listed}")


# ---- layouts

def box(item):
    return item.mapRectToScene(item.rect()).adjusted(0.2, 0.2, -0.2, -0.2)


def check_overlaps(layout):
    """Nothing lies over anything else, and all of it on the page."""
    page = layout.pageCollection().page(0).pageSize()
    sheet = QRectF(0, 0, page.width(), page.height())
    items = [i for i in layout.items() if isinstance(i, QgsLayoutItem) and i.type() != 65638
             and not isinstance(i, QgsLayoutItemShape)]
    for k, item in enumerate(items):
        expect(sheet.contains(box(item)), f"{layout.name()}: {item.id()!r} leaves the page")
        for other in items[k + 1:]:
            if isinstance(item, QgsLayoutItemLabel) and isinstance(other, QgsLayoutItemLabel):
                continue  # names and figures of a sheet share their lines
            expect(not box(item).intersects(box(other)), f"{layout.name()}: {item.id()!r} over {other.id()!r}")


def check_pdf(path, name, width_mm):
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    points = re.search(r"Page size:\s+([\d.]+)", info)
    expect(points and abs(float(points[1]) * 25.4 / 72 - width_mm) < 1, f"{name}: PDF of another size: {points and points[0]}")
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True).stdout.splitlines()[2:]
    expect(fonts and all(re.search(r"\byes\s+(yes|no)\s+(yes|no)", line) for line in fonts), f"{name}: a font is not embedded")
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True).stdout
    expect("ource" in text, f"{name}: no sources in the PDF")
    expect("coalesce" not in text and "[%" not in text, f"{name}: an expression is shown as text")
    expect("2025" in text, f"{name}: no date")


def check_layout(layout, n_districts):
    name = re.sub(r"\W+", "-", layout.name())
    width_mm = layout.pageCollection().page(0).pageSize().width()
    expect(abs(width_mm - (420 if layout.name().endswith("A3") else 297)) < 1, f"{name}: {width_mm} mm wide")
    expect(any(isinstance(i, QgsLayoutItemMap) for i in layout.items()), f"{name}: no map")
    expect(any(isinstance(i, QgsLayoutItemLegend) for i in layout.items()), f"{name}: no legend")
    picture = QgsLayoutExporter.ImageExportSettings()
    picture.dpi = 110
    picture.generateWorldFile = False
    picture.exportMetadata = False
    atlas = layout.atlas()
    if atlas.enabled():
        atlas.updateFeatures()
        expect(atlas.count() == n_districts, f"{name}: {atlas.count()} pages, {n_districts} districts")
        atlas.beginRender()
        atlas.seekTo(1)
        atlas.refreshCurrentFeature()
    exporter = QgsLayoutExporter(layout)
    for path, done in ((f"{out}/{name}.png", exporter.exportToImage(f"{out}/{name}.png", picture)),
                       (f"{out}/{name}.pdf", exporter.exportToPdf(f"{out}/{name}.pdf", QgsLayoutExporter.PdfExportSettings()))):
        expect(done == QgsLayoutExporter.Success and os.path.getsize(path) > 10000, f"{path}: not exported")
    check_overlaps(layout)
    check_pdf(f"{out}/{name}.pdf", name, width_mm)
    if atlas.enabled():
        atlas.endRender()


# ---- styles beside and inside the data

def check_stored(folder):
    gpkg = os.path.join(folder, "territory.gpkg")
    store = os.path.join(folder, "ilot.sqlite")
    stem = "districts_iris"
    sources = [(f"{gpkg}|layername={stem}", "ogr"), (f"{gpkg}|layername={stem}_points", "ogr"),
               (f"{gpkg}|layername=parcels", "ogr"), (f"{store}|layername={stem}", "ogr"),
               (f"dbname='{store}' table=\"{stem}\" (geom)", "spatialite"),
               (f"dbname='{store}' table=\"parcels\" (geom)", "spatialite"),
               (f"dbname='{store}' table=\"footfall_sites\" (geom)", "spatialite"),
               (os.path.join(folder, "geojson", stem + ".geojson"), "ogr"),
               (os.path.join(folder, "shapefile", stem + ".shp"), "ogr")]
    for source, provider in sources:
        layer = QgsVectorLayer(source, stem, provider)
        name = source.replace(folder, "")
        expect(layer.isValid(), f"{name} ({provider}): invalid")
        if not layer.isValid():
            continue
        kind = layer.renderer().type()
        expect(kind == ("singleSymbol" if "_points" in name or "footfall" in name else "RuleRenderer"),
               f"{name} ({provider}): drawn as {kind}")
        if kind == "RuleRenderer":
            expect(len(layer.renderer().rootRule().children()) >= 4, f"{name}: too few rules")
        if "ilot.sqlite" in name or ".gpkg" in name:
            expect(layer.listStylesInDatabase()[0] >= 1, f"{name}: no style listed")
    layer = QgsVectorLayer(sources[-1][0], stem, "ogr")
    message, done = layer.loadSldStyle(os.path.join(folder, "shapefile", stem + ".sld"))
    expect(done and len(layer.renderer().rootRule().children()) >= 4, f"{stem}.sld: {message}")


def check_project(folder):
    project = QgsProject.instance()
    expect(project.read(os.path.join(folder, "territory.qgz")), "the project cannot be read")
    expect(project.crs().authid() == "EPSG:2154", f"project CRS {project.crs().authid()!r}")
    expect(project.metadata().title() and project.metadata().abstract(), "the project has no metadata")
    layers = project.mapLayers().values()
    counts = fixed_classes()
    for layer in layers:
        check_layer(layer, counts)
    expect(sum(layer.isValid() and layer.renderer().type() == "graduatedSymbol" for layer in layers) >= 4, "few choropleths")
    expect({n.layerId() for n in project.layerTreeRoot().findLayers()} == set(project.mapLayers()), "the panel is not whole")
    themes = project.mapThemeCollection()
    expect(len(themes.mapThemes()) >= 3, "few themes")
    for theme in themes.mapThemes():
        expect(themes.mapThemeVisibleLayers(theme), f"theme {theme!r} shows nothing")
    limits = next(layer for layer in layers if layer.id().endswith("_all_values") and layer.id().startswith("districts"))
    for layout in project.layoutManager().layouts():
        check_layout(layout, limits.featureCount())
    check_targets(project)
    print(f"{len(layers)} layers, {len(themes.mapThemes())} themes, {len(project.layoutManager().layouts())} layouts")
    project.clear()


QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], True, work)
app.initQgis()
os.makedirs(out, exist_ok=True)
moved = os.path.join(work, "mon dossier déplacé")
shutil.copytree(result, moved)
check_project(moved)
check_stored(moved)
print(f"{len(faults)} faults")
sys.stdout.flush()
shutil.rmtree(work, ignore_errors=True)
os._exit(1 if faults else 0)  # QGIS may crash while it goes down, which is no fault of the files
