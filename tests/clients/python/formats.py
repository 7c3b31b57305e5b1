"""Reads what Millrace's encoders wrote, with the readers that Python programs use."""

import datetime
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import snappy
from snappy.snappy import hadoop_stream_decompress

folder = Path(sys.argv[1])
plain = (folder / "plain").read_bytes()


def snappy_java(data):
    assert data[:16] == b"\x82SNAPPY\0\0\0\0\1\0\0\0\1"
    at, parts = 16, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        parts.append(snappy.uncompress(data[at + 4 : at + 4 + length]))
        at += 4 + length
    return b"".join(parts)


def hadoop_snappy(data):
    out = io.BytesIO()
    hadoop_stream_decompress(io.BytesIO(data), out)
    return out.getvalue()


def unzip(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    (name,) = archive.namelist()
    return archive.read(name)


same = {
    name: read((folder / name).read_bytes()) == plain
    for name, read in {
        "GZIP": gzip.decompress,
        "ZIP": unzip,
        "Snappy": snappy_java,
        "HADOOP_SNAPPY": hadoop_snappy,
    }.items()
}


def shown(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else str(value)


def table(path):
    read = pyarrow.parquet.read_table(path)
    read.validate(full=True)
    return {
        "schema": {field.name: str(field.type) for field in read.schema},
        "rows": read.to_pylist(),
        "rowGroups": pyarrow.parquet.ParquetFile(path).metadata.num_row_groups,
    }


tables = {path.name: table(path) for path in sorted(folder.glob("*.parquet"))}
print(json.dumps({"same": same, "tables": tables}, default=shown))
