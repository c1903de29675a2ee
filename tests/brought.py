"""Files that people bring, for tests: pictures, recordings, documents."""

import io
import wave
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TURNED, CAMERA, WORDS, PLACE = 0x0112, 0x0110, 0x010E, 0x8825


def picture(form: str, *, size=(40, 30), place=False, turned=False) -> bytes:
    into, exif = io.BytesIO(), Image.Exif()
    if turned:
        exif[TURNED] = 6
    if place:
        exif[CAMERA], exif[WORDS] = "A telephone", "Larch Close"
        exif.get_ifd(PLACE).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (2.0, 10.0, 0.0)})
    Image.new("RGB", size, "#884422").save(into, form, exif=exif.tobytes())
    return into.getvalue()


def recording() -> bytes:
    into = io.BytesIO()
    with wave.open(into, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * 4000)
    return into.getvalue()


def written(part: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr(part, "x")
    return into.getvalue()


def file(content: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content)
