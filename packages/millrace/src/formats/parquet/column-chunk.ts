import { ByteSink } from "./byte-sink.ts";
import type { PageCodec } from "./codec.ts";
import type { ColumnWriter, PageEnd } from "./column-writer.ts";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { bitWidthOf, encodeHybrid } from "./hybrid-encoding.ts";
import { dataPageHeader, dataPageHeaderV2, dictionaryPageHeader, encoding } from "./page-header.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";

/** What the footer says about a column of a row group. */
export interface ColumnChunk {
  readonly codec: PageCodec["name"];
  readonly encodings: readonly number[];
  /** Entries, nulls included. */
  readonly valueCount: number;
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  /** From the beginning of the row group. */
  readonly offset: number;
  readonly dataOffset: number;
  readonly hasDictionary: boolean;
  readonly statistics: Statistics;
}

export interface ChunkOptions {
  readonly codec: PageCodec;
  readonly useDictionaries: boolean;
  readonly pageVersion: 1 | 2;
}

const beginning: PageEnd = Object.freeze({ levels: 0, valueBytes: 0, values: 0, rows: 0 });

/** Writes the pages of columns. */
export class ColumnChunkWriter {
  readonly #options: ChunkOptions;
  readonly #body = new ByteSink();
  #uncompressedBytes = 0;

  constructor(options: ChunkOptions) {
    this.#options = options;
  }

  write(writer: ColumnWriter, out: ByteSink): ColumnChunk {
    writer.finish();
    this.#uncompressedBytes = 0;
    const offset = out.length;
    const dictionary = this.#options.useDictionaries ? dictionaryOf(writer) : undefined;
    if (dictionary !== undefined) this.#dictionaryPage(dictionary, out);
    const dataOffset = out.length;
    let from = beginning;
    for (const to of writer.pages) {
      if (this.#options.pageVersion === 2) this.#pageV2(writer, from, to, dictionary, out);
      else this.#page(writer, from, to, dictionary, out);
      from = to;
    }
    return {
      codec: this.#options.codec.name,
      encodings:
        dictionary === undefined
          ? [encoding.plain, encoding.rle]
          : [encoding.plain, encoding.rle, encoding.dictionary],
      valueCount: writer.levelCount,
      uncompressedBytes: this.#uncompressedBytes,
      compressedBytes: out.length - offset,
      offset,
      dataOffset,
      hasDictionary: dictionary !== undefined,
      statistics: statisticsOf(writer),
    };
  }

  #dictionaryPage(dictionary: Dictionary, out: ByteSink): void {
    const compressed = this.#options.codec.compress(dictionary.bytes);
    const sizes = { uncompressed: dictionary.bytes.length, compressed: compressed.length };
    this.#emit(dictionaryPageHeader(sizes, dictionary.count), sizes.uncompressed, [compressed], out);
  }

  /**
   * page := { repetition levels, if the column repeats; definition levels, if it can be null; values },
   * levels := { length, u32; hybrid }, all of it compressed
   */
  #page(
    writer: ColumnWriter,
    from: PageEnd,
    to: PageEnd,
    dictionary: Dictionary | undefined,
    out: ByteSink,
  ): void {
    const body = this.#body;
    body.clear();
    const { maxRepetition, maxDefinition } = writer.column;
    if (maxRepetition > 0) putLevels(writer.repetitions, from, to, maxRepetition, body, true);
    if (maxDefinition > 0) putLevels(writer.definitions, from, to, maxDefinition, body, true);
    putValues(writer, from, to, dictionary, body);
    const compressed = this.#options.codec.compress(body.written());
    const sizes = { uncompressed: body.length, compressed: compressed.length };
    const header = dataPageHeader(sizes, to.levels - from.levels, dictionary !== undefined);
    this.#emit(header, sizes.uncompressed, [compressed], out);
  }

  /** page := { repetition levels; definition levels; values, which alone are compressed }, without lengths */
  #pageV2(
    writer: ColumnWriter,
    from: PageEnd,
    to: PageEnd,
    dictionary: Dictionary | undefined,
    out: ByteSink,
  ): void {
    const body = this.#body;
    body.clear();
    const { maxRepetition, maxDefinition } = writer.column;
    if (maxRepetition > 0) putLevels(writer.repetitions, from, to, maxRepetition, body, false);
    const repetitionBytes = body.length;
    if (maxDefinition > 0) putLevels(writer.definitions, from, to, maxDefinition, body, false);
    const levelBytes = body.length;
    putValues(writer, from, to, dictionary, body);
    const values = this.#options.codec.compress(body.bytes.subarray(levelBytes, body.length));
    const header = dataPageHeaderV2({
      uncompressed: body.length,
      compressed: levelBytes + values.length,
      entries: to.levels - from.levels,
      nulls: to.levels - from.levels - (to.values - from.values),
      rows: to.rows - from.rows,
      definitionBytes: levelBytes - repetitionBytes,
      repetitionBytes,
      hasDictionary: dictionary !== undefined,
      isCompressed: this.#options.codec.name !== "UNCOMPRESSED",
    });
    this.#emit(header, body.length, [body.bytes.subarray(0, levelBytes), values], out);
  }

  #emit(header: Uint8Array, uncompressedBytes: number, parts: readonly Uint8Array[], out: ByteSink): void {
    this.#uncompressedBytes += header.length + uncompressedBytes;
    out.append(header);
    for (const part of parts) out.append(part);
  }
}

function putLevels(
  levels: Uint8Array,
  from: PageEnd,
  to: PageEnd,
  max: number,
  body: ByteSink,
  hasLength: boolean,
): void {
  const at = body.length;
  if (hasLength) body.uint32(0);
  encodeHybrid(levels, from.levels, to.levels, bitWidthOf(max), body);
  if (hasLength) body.putUint32(at, body.length - at - 4);
}

function putValues(
  writer: ColumnWriter,
  from: PageEnd,
  to: PageEnd,
  dictionary: Dictionary | undefined,
  body: ByteSink,
): void {
  if (dictionary !== undefined) {
    const width = bitWidthOf(dictionary.count - 1);
    body.byte(width);
    encodeHybrid(dictionary.indexes, from.values, to.values, width, body);
  } else if (writer.column.leaf.type === "BOOLEAN") {
    putBits(writer.bytes, from.valueBytes, to.valueBytes, body);
  } else {
    body.append(writer.bytes.subarray(from.valueBytes, to.valueBytes));
  }
}

function putBits(booleans: Uint8Array, from: number, to: number, body: ByteSink): void {
  for (let at = from; at < to; at += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8 && at + bit < to; bit++) byte |= (booleans[at + bit] as number) << bit;
    body.byte(byte);
  }
}
