import type { Clock } from "../../../core/clock.ts";
import type {
  Delivery,
  DeliveryOutcome,
  DeliveryRecord,
  FailedRecord,
  Sink,
} from "../../../kernels/delivery/index.ts";
import { type Bulk, bulkItems, bulksOf, documentProblem } from "./bulk-request.ts";
import { type OutboundAnswer, OutboundError, type OutboundFailure, send } from "./outbound-request.ts";
import type { SearchDocuments, SearchRefusal } from "./search-document.ts";

export interface SearchTarget {
  /** Of the cluster, with the path that it may lie under. */
  readonly endpoint: URL;
  /** `user:password` */
  readonly credentials: string | undefined;
  /** Of error codes: `OS` or `ES`. */
  readonly codePrefix: string;
  readonly failedType: string;
}

const requestTimeoutMs = 60_000;
/** An answer has some hundred bytes for each document. */
const maxAnswerBytes = 64 * 1024 * 1024;
const maxErrorTextLength = 1024;

const failureNames: Readonly<Record<OutboundFailure, string>> = {
  timeout: "RequestTimeout",
  connection: "ConnectionFailed",
  reset: "ConnectionReset",
  tls: "SSLHandshakeFailure",
  "too-large": "InvalidResponse",
  protocol: "InvalidResponse",
};

/** What came of the documents of one or more requests. */
interface Results {
  readonly failed: DeliveryRecord[];
  readonly again: DeliveryRecord[];
  /** Why the last of them have to be sent again. */
  refusal: SearchRefusal | undefined;
}

/**
 * Delivers documents to OpenSearch or Elasticsearch by the bulk API. Each document has a fate of its own: those
 * that the cluster has no room for now are sent again, those that it does not want are failed.
 */
export class SearchSink implements Sink {
  readonly #target: SearchTarget;
  readonly #documents: SearchDocuments;
  readonly #clock: Clock;

  constructor(target: SearchTarget, documents: SearchDocuments, clock: Clock) {
    this.#target = target;
    this.#documents = documents;
    this.#clock = clock;
  }

  async deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { identity, encoded, attempt } = delivery;
    const all = encoded.records ?? [];
    this.#documents.address(identity, all);
    const results: Results = { failed: [], again: [], refusal: undefined };
    const valid = this.#validOf(delivery.remaining ?? all, results);
    for (const bulk of bulksOf(valid, this.#documents)) await this.#sendBulk(bulk, results, signal);
    const failed = results.failed.map((record) => this.#failedRecord(record, attempt));
    const { again, refusal } = results;
    return {
      ...(failed.length > 0 ? { failed } : {}),
      ...(refusal === undefined ? {} : { retry: { records: again, ...refusal } }),
    };
  }

  #validOf(records: readonly DeliveryRecord[], { failed }: Results): readonly DeliveryRecord[] {
    return records.filter((record) => {
      const problem = documentProblem(record.data);
      if (problem === undefined) return true;
      this.#documents.refuse(record, { errorCode: "400", errorMessage: problem });
      failed.push(record);
      return false;
    });
  }

  async #sendBulk(bulk: Bulk, results: Results, signal: AbortSignal): Promise<void> {
    // A cluster that could not be asked is not asked for each request of the batch.
    if (results.refusal !== undefined && isUnreachable(results.refusal)) {
      this.#again(bulk, results.refusal, results);
      return;
    }
    try {
      const answer = await this.#post(bulk, signal);
      if (answer.status === 200) this.#read(bulk, answer, results);
      else this.#again(bulk, this.#refusalOf(answer), results);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const errorCode = `${this.#target.codePrefix}.${failureNames[error.kind]}`;
      this.#again(bulk, { errorCode, errorMessage: error.message }, results);
    }
  }

  #post({ parts, sizeBytes }: Bulk, signal: AbortSignal): Promise<OutboundAnswer> {
    const { endpoint, credentials } = this.#target;
    const url = new URL(endpoint);
    url.pathname = `${url.pathname.replace(/\/$/, "")}/_bulk`;
    const headers: Record<string, string> = { "content-type": "application/x-ndjson" };
    if (credentials !== undefined)
      headers["authorization"] = `Basic ${Buffer.from(credentials).toString("base64")}`;
    const body = { sizeBytes, read: () => parts };
    return send({ url, method: "POST", headers, body, timeoutMs: requestTimeoutMs, maxAnswerBytes }, signal);
  }

  #read(bulk: Bulk, answer: OutboundAnswer, results: Results): void {
    const items = bulkItems(answer.body, bulk.records.length);
    if (items === undefined) {
      const errorCode = `${this.#target.codePrefix}.InvalidResponse`;
      const errorMessage = "The cluster's answer is not that of the bulk API.";
      this.#again(bulk, { errorCode, errorMessage }, results);
      return;
    }
    for (const [place, { status, error }] of items.entries()) {
      const record = bulk.records[place];
      if (record === undefined || status < 300) continue;
      const refusal = { errorCode: String(status), errorMessage: error };
      this.#documents.refuse(record, refusal);
      if (isTemporary(status)) {
        results.again.push(record);
        results.refusal = refusal;
      } else results.failed.push(record);
    }
  }

  #again({ records }: Bulk, refusal: SearchRefusal, results: Results): void {
    for (const record of records) {
      this.#documents.refuse(record, refusal);
      results.again.push(record);
    }
    results.refusal = refusal;
  }

  /** Of a whole request: worth another attempt whatever it is, as somebody may repair the cluster. */
  #refusalOf({ status, body }: OutboundAnswer): SearchRefusal {
    const names: Readonly<Record<number, string>> = {
      401: "AccessDenied",
      403: "AccessDenied",
      404: "ResourceNotFound",
    };
    const name = names[status];
    return {
      errorCode: name === undefined ? String(status) : `${this.#target.codePrefix}.${name}`,
      errorMessage: `Status ${status}: ${body.toString("utf8", 0, maxErrorTextLength)}`,
    };
  }

  #failedRecord(record: DeliveryRecord, attemptsMade: number): FailedRecord {
    const { errorCode, errorMessage } = this.#documents.refusalOf(record) ?? noReason;
    const { failedType: outputType } = this.#target;
    return { record, outputType, errorCode, errorMessage, attemptsMade, attemptEndedMs: this.#clock.now() };
  }
}

const noReason = { errorCode: "400", errorMessage: "" } as const;

/** The cluster has no room for it now, or is not itself. */
function isTemporary(status: number): boolean {
  return status === 429 || status >= 500;
}

/** No answer came: the code is not a status. */
function isUnreachable({ errorCode }: SearchRefusal): boolean {
  return /\.(?:RequestTimeout|Connection|SSL)/.test(errorCode);
}
