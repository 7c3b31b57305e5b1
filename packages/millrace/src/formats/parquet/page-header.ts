import { ThriftWriter } from "./thrift-writer.ts";

/** parquet.thrift: Encoding. */
export const encoding: Readonly<Record<"plain" | "rle" | "dictionary", number>> = Object.freeze({
  plain: 0,
  rle: 3,
  dictionary: 8,
});

/** parquet.thrift: PageType. */
const pageType = Object.freeze({ data: 0, dictionary: 2, dataV2: 3 });

export interface PageSizes {
  readonly uncompressed: number;
  readonly compressed: number;
}

export interface PageV2 extends PageSizes {
  readonly entries: number;
  readonly nulls: number;
  readonly rows: number;
  readonly definitionBytes: number;
  readonly repetitionBytes: number;
  readonly hasDictionary: boolean;
  readonly isCompressed: boolean;
}

export function dataPageHeader(sizes: PageSizes, entries: number, hasDictionary: boolean): Uint8Array {
  const thrift = begin(pageType.data, sizes);
  thrift.struct(5, () => {
    thrift.i32(1, entries);
    thrift.i32(2, hasDictionary ? encoding.dictionary : encoding.plain);
    thrift.i32(3, encoding.rle);
    thrift.i32(4, encoding.rle);
  });
  return thrift.end();
}

export function dictionaryPageHeader(sizes: PageSizes, count: number): Uint8Array {
  const thrift = begin(pageType.dictionary, sizes);
  thrift.struct(7, () => {
    thrift.i32(1, count);
    thrift.i32(2, encoding.plain);
  });
  return thrift.end();
}

export function dataPageHeaderV2(page: PageV2): Uint8Array {
  const thrift = begin(pageType.dataV2, page);
  thrift.struct(8, () => {
    thrift.i32(1, page.entries);
    thrift.i32(2, page.nulls);
    thrift.i32(3, page.rows);
    thrift.i32(4, page.hasDictionary ? encoding.dictionary : encoding.plain);
    thrift.i32(5, page.definitionBytes);
    thrift.i32(6, page.repetitionBytes);
    thrift.bool(7, page.isCompressed);
  });
  return thrift.end();
}

function begin(type: number, sizes: PageSizes): ThriftWriter {
  const thrift = new ThriftWriter();
  thrift.i32(1, type);
  thrift.i32(2, sizes.uncompressed);
  thrift.i32(3, sizes.compressed);
  return thrift;
}
