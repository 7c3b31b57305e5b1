import type { Processed, Processor } from "../processor.ts";
import type { DeliveryRecord } from "../record.ts";

/** Ends each record with a delimiter, also when it has one already, as Firehose does. */
export class AppendDelimiter implements Processor {
  readonly isDeterministic = true;
  readonly #delimiter: Buffer;

  /** A line feed when nothing is given; `\n`, `\r` and `\t` may be written with a backslash. */
  constructor(delimiter = "\\n") {
    this.#delimiter = Buffer.from(delimiter === "" ? "\n" : withoutEscapes(delimiter));
  }

  async process(records: readonly DeliveryRecord[]): Promise<Processed> {
    return {
      records: records.map((record) => ({ ...record, data: Buffer.concat([record.data, this.#delimiter]) })),
      failed: [],
    };
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
]);

function withoutEscapes(text: string): string {
  return text.replaceAll(/\\[nrt]/g, (escaped) => escapes.get(escaped) ?? escaped);
}
