#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""gallery.py PROJECT OUT LAYOUT=NAME...: small PNG of print layouts of a project, for pages; of an atlas its second page."""
import collections
import os
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
work = tempfile.mkdtemp(prefix="ilot-gallery-")
os.environ["XDG_RUNTIME_DIR"] = work
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = work
from qgis.core import QgsApplication, QgsLayoutExporter, QgsProject  # noqa: E402
from qgis.PyQt.QtGui import QImage  # noqa: E402



def in_few_colours(picture):
    """The 256 commonest colours: maps have few, the rest are edges of letters and lines."""
    plain = picture.convertToFormat(QImage.Format_RGB32)
    pixels = memoryview(plain.constBits().asstring(plain.sizeInBytes())).cast("I")
    colours = [colour for colour, _ in collections.Counter(pixels).most_common(256)]
    return plain.convertToFormat(QImage.Format_Indexed8, colours)


QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], True, work)
app.initQgis()
project = QgsProject.instance()
ok = project.read(sys.argv[1])
for wanted in sys.argv[3:]:
    title, _, name = wanted.partition("=")
    layout = project.layoutManager().layoutByName(title)
    if layout is None:
        print(f"gallery: no layout {title!r}", file=sys.stderr)
        ok = False
        continue
    if layout.atlas().enabled():
        layout.atlas().beginRender()
        layout.atlas().seekTo(1)
        layout.atlas().refreshCurrentFeature()
    picture = QgsLayoutExporter(layout).renderPageToImage(0, dpi=80)
    ok = in_few_colours(picture).save(os.path.join(sys.argv[2], name), "PNG", 0) and ok
sys.stdout.flush()
os._exit(0 if ok else 1)
