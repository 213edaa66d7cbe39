"""Pictures of productions. What is uploaded is never kept: its pixels are drawn anew and saved as JPEG."""

import struct
from io import BytesIO
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tours.errors import Refused
from tours.models import Production, ProductionPicture
from venues.models import User

#: Source: the house's choice: what a telephone's camera makes, with room to spare.
BYTES_MAX, PIXELS_MAX = 12 * 1024 * 1024, 50_000_000
#: No side may be longer, in pixels: a line of millions takes gigabytes to scale.
LENGTH_MAX = 20_000
PICTURES_MAX = 6
#: The longest side that is kept, in pixels: twice the widest place on a page.
SIDE_MAX = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
#: What Pillow raises over broken files; the last two over what a camera has written beside the pixels.
UNREADABLE = (
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError),
    *(TypeError, struct.error),
)


def add_picture(
    production: Production, upload: IO[bytes], alt: str, credit: str, by: User
) -> ProductionPicture:
    """Put a picture last in the production's row. The kind of file is told by its content, not by its name.

    Raises:
        Refused: no picture, too big, without a description, or one too many; `field` is "image" or "alt".
    """
    if not alt.strip():
        raise Refused(_("Say what the picture shows, for those who can not see it."), field="alt")
    jpeg = redraw(upload)
    with transaction.atomic():
        Production.objects.select_for_update().get(pk=production.pk)
        standing = production.pictures.count()
        if standing >= PICTURES_MAX:
            raise Refused(
                _("A production has at most %(most)d pictures. Remove one first.") % {"most": PICTURES_MAX},
                field="image",
            )
        picture = ProductionPicture(
            production=production, alt=alt.strip(), credit=credit.strip(), order=standing
        )
        picture.image.save(f"{production.slug[:60]}-{uuid4().hex[:8]}.jpg", ContentFile(jpeg), save=False)
        picture.save()
    return picture


def remove_picture(picture: ProductionPicture, by: User) -> None:
    """Take a picture away, its file too once the row is gone for certain."""
    storage, name = picture.image.storage, str(picture.image.name)
    with transaction.atomic():
        picture.delete()
        transaction.on_commit(lambda: storage.delete(name))


def redraw(upload: IO[bytes]) -> bytes:
    """The picture as a JPEG without anything but its pixels: no place, no camera, no hidden parts.

    Raises:
        Refused: it is no JPEG, PNG or WebP, or too big (field "image").
    """
    raw = upload.read(BYTES_MAX + 1)
    if len(raw) > BYTES_MAX:
        raise Refused(
            _("The picture is bigger than %(most)d MB. Choose a smaller one.") % {"most": BYTES_MAX // 2**20},
            field="image",
        )
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            if image.width * image.height > PIXELS_MAX or max(image.size) > LENGTH_MAX:
                raise Refused(_("The picture has too many pixels. Make it smaller first."), field="image")
            return _jpeg(image)
    except UNREADABLE as error:
        raise Refused(
            _("The file is no picture that can be read. Choose a JPEG, PNG or WebP."), field="image"
        ) from error


def _jpeg(image: Image.Image) -> bytes:
    image.thumbnail((SIDE_MAX, SIDE_MAX))  # before anything that copies all of the pixels
    upright = ImageOps.exif_transpose(image)
    paper = Image.new("RGB", upright.size, "white")
    clear = upright.convert("RGBA")
    paper.paste(clear, mask=clear.getchannel("A"))
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
