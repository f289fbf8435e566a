#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""shown.py PROJECT: what a headless QGIS would show of a project, as JSON: map tips as plain text (after their expressions and their
HTML), map labels, texts of the layouts on each sheet, names of layers, metadata. To be run by Debian's own Python, which has PyQGIS;
exit 77 where it is absent."""
import json
import os
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_RUNTIME_DIR"] = os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp(prefix="ilot-qgis-")
try:
    from qgis.core import (QgsApplication, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsLayoutItemLabel, QgsProject)
    from qgis.PyQt.QtGui import QTextDocument
except ImportError:
    sys.exit(77)

app = QgsApplication([], True)
app.initQgis()
project = QgsProject.instance()
if not project.read(sys.argv[1]):
    sys.exit("the project cannot be read: " + project.error())
shown = {"tips": {}, "labels": {}, "sheets": {}, "texts": [], "names": [], "metadata": [], "pages": []}


def as_page(html):
    page = QTextDocument()
    page.setHtml(html)
    return page.toPlainText()


for layer in project.mapLayers().values():
    shown["names"] += [layer.name(), layer.title()]
    data = layer.metadata()
    shown["metadata"] += [as_page(t) for t in [data.title(), data.abstract()] + data.licenses() + data.rights() + data.history()]
    labels = layer.labeling().settings() if layer.labeling() else None
    for feature in layer.getFeatures():
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        context.setFeature(feature)
        tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
        shown["tips"].setdefault(layer.id(), []).append(as_page(tip).split("\n")[0])
        if labels and labels.isExpression:
            text = QgsExpression(labels.fieldName).evaluate(context)
            shown["labels"].setdefault(layer.id(), []).append(str(text).split("\n"))
for layout in project.layoutManager().layouts():
    atlas = layout.atlas()
    labels = [i for i in layout.items() if isinstance(i, QgsLayoutItemLabel)]
    shown["texts"] += [i.currentText() for i in labels if "[%" not in i.text()]
    shown["pages"] += [[i.id(), i.currentText()] for i in labels if i.mode()]  # HTML, not plain text
    if atlas.enabled():
        atlas.beginRender()
        there = atlas.first()
        while there:
            shown["sheets"].setdefault(layout.name(), []).append([i.currentText() for i in labels])
            there = atlas.next()
        atlas.endRender()
print(json.dumps(shown))
sys.stdout.flush()
os._exit(0)  # QGIS takes its time to close, and may crash
