"""Pictures: drawn anew, told by their content, and gone with their row."""

from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from tests.world import World
from tours import pictures
from tours.errors import Refused


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield


def image(size: tuple[int, int] = (40, 30), form: str = "PNG", mode: str = "RGB", **more: object) -> BytesIO:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, form, **more)
    out.seek(0)
    return out


def drawn(upload: BytesIO) -> Image.Image:
    return Image.open(BytesIO(pictures.redraw(upload)))


def refused(upload: BytesIO) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        pictures.redraw(upload)
    return caught.value.field, str(caught.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_a_jpeg(form: str) -> None:
    found = drawn(image(form=form))
    assert (found.format, found.size) == ("JPEG", (40, 30))


def test_a_big_picture_is_made_smaller() -> None:
    assert drawn(image((3200, 800))).size == (1600, 400)


def test_what_is_clear_becomes_white() -> None:
    clear = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")
    clear.seek(0)
    assert drawn(clear).getpixel((4, 4)) == (255, 255, 255)


def test_where_and_with_what_it_was_taken_is_not_kept() -> None:
    told = Image.Exif()
    told[0x010F] = "Camera"  # Make
    told[0x0112] = 6  # lies on its side
    found = drawn(image((40, 30), "JPEG", exif=told))
    assert (dict(found.getexif()), found.size) == ({}, (30, 40))


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"\x89PNG\r\n\x1a\n"],
)
def test_what_is_no_picture(content: bytes) -> None:
    assert refused(BytesIO(content)) == (
        "image",
        "The file is no picture that can be read. Choose a JPEG, PNG or WebP.",
    )


def test_a_picture_that_is_cut_off() -> None:
    whole = image((400, 400), "JPEG").getvalue()
    assert refused(BytesIO(whole[: len(whole) // 2]))[0] == "image"


def test_another_kind_of_picture() -> None:
    assert refused(image(form="GIF"))[0] == "image"


def test_too_many_bytes() -> None:
    assert refused(BytesIO(b"x" * (pictures.BYTES_MAX + 1))) == (
        "image",
        "The picture is bigger than 12 MB. Choose a smaller one.",
    )


def test_a_line_is_no_picture() -> None:
    assert refused(image((1, 20_001), mode="1"))[1].startswith("The picture has too many pixels")


@pytest.mark.parametrize(("at", "byte"), [(63, 2), (71, 4), (71, 30), (73, 3), (83, 27), (85, 1)])
def test_what_the_camera_wrote_is_broken(at: int, byte: int) -> None:
    told = Image.Exif()
    told[0x0112], told[0x8825] = 6, {1: "N", 2: (1.0, 2.0, 3.0)}  # orientation, position
    raw = bytearray(image((60, 40), "JPEG", exif=told).getvalue())
    raw[at] = byte
    assert refused(BytesIO(raw))[1].startswith("The file is no picture that can be read.")


def test_too_many_pixels() -> None:
    assert refused(image((10000, 5001), mode="1"))[1].startswith("The picture has too many pixels")


def test_a_picture_is_put_last(world: World) -> None:
    first = pictures.add_picture(world.production, image(), "En trumma", "N. N.", world.producer)
    second = pictures.add_picture(world.production, image(), " En scen ", "", world.producer)
    assert list(world.production.pictures.values_list("alt", "credit", "order")) == [
        ("En trumma", "N. N.", 0),
        ("En scen", "", 1),
    ]
    assert first.image.name != second.image.name
    assert second.image.name.startswith("productions/trumman-och-tystnaden-")


def test_a_picture_needs_words(world: World) -> None:
    with pytest.raises(Refused) as caught:
        pictures.add_picture(world.production, image(), " ", "", world.producer)
    assert caught.value.field == "alt"


def test_one_picture_too_many(world: World, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "PICTURES_MAX", 0)
    with pytest.raises(Refused, match="at most 0 pictures"):
        pictures.add_picture(world.production, image(), "En trumma", "", world.producer)


def test_a_removed_pictures_file_goes_too(world: World, django_capture_on_commit_callbacks) -> None:
    picture = pictures.add_picture(world.production, image(), "En trumma", "", world.producer)
    storage, name = picture.image.storage, picture.image.name
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_picture(picture, world.producer)
    assert (world.production.pictures.count(), storage.exists(name)) == (0, False)
