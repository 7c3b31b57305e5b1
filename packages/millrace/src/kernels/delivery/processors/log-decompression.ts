import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Clock } from "../../../core/clock.ts";
import type { Processed, Processor } from "../processor.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";

const unzip: (data: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer> =
  promisify(gunzip);
/** CloudWatch Logs puts at most 1 MB of events into a record; anything far larger is an attack. */
const maxDecompressedBytes = 32 * 2 ** 20;
/** What is taken out of one batch at a time. */
const maxConcurrent = 4;

/** As Firehose writes them. */
const outputType = "decompression-failed";
const errorCode = "Decompression failed.";

/** What CloudWatch Logs sends to a subscription; only what is looked at. */
interface LogEnvelope {
  readonly messageType: "CONTROL_MESSAGE" | "DATA_MESSAGE";
  readonly logEvents: readonly { readonly message: string }[];
}

/**
 * Decompresses the GZIP records of CloudWatch Logs and, when asked, leaves only the messages in them, each
 * with a line feed after it. A record stays one record; one that only checks whether anybody is there
 * (`CONTROL_MESSAGE`) has no messages and is dropped. What fails is shown as it arrived, compressed.
 */
export class LogDecompression implements Processor {
  readonly isDeterministic = true;
  readonly #extractsMessages: boolean;
  readonly #clock: Clock;

  constructor(options: { readonly extractsMessages: boolean; readonly clock: Clock }) {
    this.#extractsMessages = options.extractsMessages;
    this.#clock = options.clock;
  }

  async process(records: readonly DeliveryRecord[]): Promise<Processed> {
    const taken: DeliveryRecord[] = [];
    const failed: FailedRecord[] = [];
    for (let start = 0; start < records.length; start += maxConcurrent) {
      const group = records.slice(start, start + maxConcurrent);
      const results = await Promise.all(group.map((record) => this.#open(record.data)));
      for (const [index, record] of group.entries()) {
        const data = results[index];
        if (typeof data === "string") failed.push(this.#failure(record, data));
        else if (data !== undefined) taken.push({ ...record, data });
      }
    }
    return { records: taken, failed };
  }

  /** Undefined when nothing is left; a text when it failed. */
  async #open(data: Buffer): Promise<Buffer | string | undefined> {
    let opened: Buffer;
    try {
      opened = await unzip(data, { maxOutputLength: maxDecompressedBytes });
    } catch {
      return "The record is not GZIP data.";
    }
    let content: unknown;
    try {
      content = JSON.parse(opened.toString("utf8"));
    } catch {
      return "The decompressed record is not JSON.";
    }
    if (!this.#extractsMessages) return opened;
    if (!isEnvelope(content)) return "The decompressed record is not an envelope of CloudWatch Logs.";
    if (content.messageType === "CONTROL_MESSAGE" || content.logEvents.length === 0) return undefined;
    return Buffer.from(content.logEvents.map(({ message }) => `${message}\n`).join(""));
  }

  #failure(record: DeliveryRecord, errorMessage: string): FailedRecord {
    const attemptEndedMs = this.#clock.now();
    return { record, outputType, errorCode, errorMessage, attemptsMade: 1, attemptEndedMs };
  }
}

function isEnvelope(content: unknown): content is LogEnvelope {
  if (typeof content !== "object" || content === null) return false;
  const { messageType, logEvents } = content as Partial<LogEnvelope>;
  if (messageType === "CONTROL_MESSAGE") return true;
  if (messageType !== "DATA_MESSAGE" || !Array.isArray(logEvents)) return false;
  return logEvents.every((event: unknown) => {
    const { message } = (event ?? {}) as Partial<Record<string, unknown>>;
    return typeof message === "string";
  });
}
