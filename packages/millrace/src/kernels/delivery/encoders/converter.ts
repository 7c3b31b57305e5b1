import { assert } from "../../../core/assert.ts";
import { JsonFailure } from "../../../formats/json-columns/json-failure.ts";
import { JsonRowDecoder } from "../../../formats/json-columns/row-decoder.ts";
import { pageCodec } from "../../../formats/parquet/codec.ts";
import { RowGroupWriter } from "../../../formats/parquet/row-group.ts";
import type { ConversionSchema } from "./conversion.ts";
import type { ConversionFailure, ConversionJob, ConversionResult } from "./conversion-job.ts";
import { planConversion } from "./conversion-plan.ts";
import { FrameReader } from "./frame-reader.ts";
import { frameHeaderBytes } from "./record-frame.ts";

/** Turns frames of JSON records into row groups, one job after another, with one schema. */
class Converter {
  readonly #rowGroup: RowGroupWriter;
  readonly #decoder: JsonRowDecoder;

  private constructor(rowGroup: RowGroupWriter, decoder: JsonRowDecoder) {
    this.#rowGroup = rowGroup;
    this.#decoder = decoder;
  }

  static async open(conversion: ConversionSchema): Promise<Converter> {
    const plan = planConversion(conversion);
    assert(typeof plan !== "string", `a conversion is checked before it is run: ${String(plan)}`);
    const { parquet } = conversion;
    const rowGroup = new RowGroupWriter(plan.schema, {
      codec: await pageCodec(parquet.compression ?? "SNAPPY"),
      useDictionaries: parquet.enableDictionaryCompression ?? false,
      pageVersion: parquet.writerVersion === "V2" ? 2 : 1,
      ...(parquet.pageSizeBytes === undefined ? {} : { pageBytes: parquet.pageSizeBytes }),
    });
    return new Converter(rowGroup, new JsonRowDecoder(plan.columns, plan.schema, rowGroup, plan.rules));
  }

  convert(job: ConversionJob, reader: FrameReader): ConversionResult {
    const failures: ConversionFailure[] = [];
    let recordCount = 0;
    for (const frames of reader.pieces(job)) {
      for (let at = 0; at < frames.length; ) {
        const dataAt = at + frameHeaderBytes + frames.readUInt32LE(at + 4);
        const end = dataAt + frames.readUInt32LE(at);
        try {
          this.#decoder.decode(frames, dataAt, end);
          recordCount += 1;
        } catch (error) {
          if (!(error instanceof JsonFailure)) throw error;
          failures.push({ frame: Uint8Array.from(frames.subarray(at, end)), ...described(error) });
        }
        at = end;
      }
    }
    return { rowGroup: recordCount === 0 ? undefined : this.#rowGroup.finish(), recordCount, failures };
  }
}

/** The texts and codes that Firehose writes into its error output. */
function described(error: JsonFailure): { code: string; message: string } {
  if (error.kind === "malformed") {
    return {
      code: "DataFormatConversion.ParseError",
      message: `Encountered malformed JSON. ${error.message}`,
    };
  }
  const { message } = error;
  const isWhole = message.startsWith("One or more fields");
  return {
    code: "DataFormatConversion.MalformedData",
    message: isWhole ? message : `Data does not match the schema. ${message}`,
  };
}

/** Keeps what was built for the last schema, with the memory that its columns took. */
export class Converters {
  readonly #reader = new FrameReader();
  #last: { readonly key: string; readonly converter: Converter } | undefined;

  async run(job: ConversionJob): Promise<ConversionResult> {
    const key = JSON.stringify(job.schema);
    const last = this.#last;
    // A converter that fails in the middle holds half a row group: it is not used again.
    this.#last = undefined;
    const converter = last?.key === key ? last.converter : await Converter.open(job.schema);
    const result = converter.convert(job, this.#reader);
    this.#last = { key, converter };
    return result;
  }
}
