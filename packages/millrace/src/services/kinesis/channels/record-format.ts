import { isUtf8 } from "node:buffer";
import type { Clock } from "../../../core/clock.ts";
import type { DeliveryRecord, FailedRecord, Processed, Processor } from "../../../kernels/delivery/index.ts";
import type { ChannelDocument } from "./channel-document.ts";

/** The output type of records that are not what the channel's format says. */
const invalidFormat = "invalid-format";

/** Lets through what is valid in the channel's record format, as it is. */
export class RecordFormat implements Processor {
  readonly isDeterministic = true;
  readonly #format: ChannelDocument["format"];
  readonly #clock: Clock;

  constructor(format: ChannelDocument["format"], clock: Clock) {
    this.#format = format;
    this.#clock = clock;
  }

  async process(given: readonly DeliveryRecord[]): Promise<Processed> {
    if (this.#format === "BYTE_ARRAY") return { records: given, failed: [] };
    const records: DeliveryRecord[] = [];
    const failed: FailedRecord[] = [];
    for (const record of given) {
      const problem = this.#problem(record.data);
      if (problem === undefined) records.push(record);
      else failed.push(this.#failed(record, problem));
    }
    return { records, failed };
  }

  #problem(data: Buffer): string | undefined {
    if (!isUtf8(data)) return "The record is not valid UTF-8.";
    return this.#format === "JSON" && !isJson(data) ? "The record is not valid JSON." : undefined;
  }

  #failed(record: DeliveryRecord, errorMessage: string): FailedRecord {
    return {
      record,
      outputType: invalidFormat,
      errorCode: this.#format === "JSON" ? "Record.InvalidJson" : "Record.InvalidString",
      errorMessage,
      attemptsMade: 1,
      attemptEndedMs: this.#clock.now(),
    };
  }
}

function isJson(data: Buffer): boolean {
  try {
    JSON.parse(data.toString());
    return true;
  } catch {
    return false;
  }
}
