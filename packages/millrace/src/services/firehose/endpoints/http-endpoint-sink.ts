import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Clock } from "../../../core/clock.ts";
import type {
  Delivery,
  DeliveryOutcome,
  DeliveryRecord,
  DeliveryRetry,
  Sink,
} from "../../../kernels/delivery/index.ts";
import {
  type OutboundAnswer,
  type OutboundBody,
  OutboundError,
  type OutboundFailure,
  send,
} from "./outbound-request.ts";
import { requestIdOf } from "./request-id.ts";

export interface HttpEndpointTarget {
  readonly url: URL;
  /** Goes out as it is, with every request. */
  readonly accessKey: string | undefined;
  readonly contentEncoding: "NONE" | "GZIP";
  readonly commonAttributes: Readonly<Record<string, string>>;
  readonly deliveryStreamArn: string;
}

/** What the error log and the error output call it; names of Firehose's documentation. */
const failureCodes: Readonly<Record<OutboundFailure, string>> = {
  timeout: "HttpEndpoint.RequestTimeout",
  connection: "HttpEndpoint.ConnectionFailed",
  reset: "HttpEndpoint.ConnectionReset",
  tls: "HttpEndpoint.SSLHandshakeFailure",
  "too-large": "HttpEndpoint.ResponseTooLarge",
  protocol: "HttpEndpoint.InvalidResponseFromDestination",
};

const invalidAnswer = "HttpEndpoint.InvalidResponseFromDestination";
const answerTimeoutMs = 180_000;
const maxAnswerBytes = 1024 * 1024;
/** Of what an endpoint says about a failure. */
const maxErrorTextLength = 8192;

/**
 * Delivers to an HTTP endpoint: one request a batch, all of it taken or none. Request and answer are described
 * in "HTTP endpoint delivery request and response specifications" of Firehose's documentation.
 */
export class HttpEndpointSink implements Sink {
  readonly #target: HttpEndpointTarget;
  readonly #clock: Clock;

  constructor(target: HttpEndpointTarget, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
  }

  async deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const records = delivery.remaining ?? delivery.encoded.records ?? [];
    const requestId = requestIdOf(delivery.identity);
    try {
      const answer = await this.#send(requestId, records, signal);
      return this.#outcome(answer, requestId, records, delivery.attempt);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { retry: { errorCode: failureCodes[error.kind], errorMessage: error.message } };
    }
  }

  async #send(
    requestId: string,
    records: readonly DeliveryRecord[],
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    const { url, accessKey, contentEncoding, commonAttributes, deliveryStreamArn } = this.#target;
    const plain = requestBody(requestId, this.#clock.now(), records);
    const isGzip = contentEncoding === "GZIP";
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "x-amz-firehose-protocol-version": "1.0",
      "x-amz-firehose-request-id": requestId,
      "x-amz-firehose-source-arn": deliveryStreamArn,
      "x-amz-firehose-common-attributes": JSON.stringify({ commonAttributes }),
    };
    if (accessKey !== undefined) headers["x-amz-firehose-access-key"] = accessKey;
    if (isGzip) headers["content-encoding"] = "gzip";
    const body = isGzip ? await compressed(plain.read()) : plain;
    const request = {
      url,
      method: "POST",
      headers,
      body,
      timeoutMs: answerTimeoutMs,
      maxAnswerBytes,
    } as const;
    return send(request, signal);
  }

  #outcome(
    answer: OutboundAnswer,
    requestId: string,
    records: readonly DeliveryRecord[],
    attempt: number,
  ): DeliveryOutcome {
    const said = parseAnswer(answer.body);
    if (answer.status === 200) {
      if (said === undefined)
        return retry(
          invalidAnswer,
          "The answer's body is not a JSON object with a request id and a timestamp.",
        );
      if (said.requestId !== requestId)
        return retry(invalidAnswer, "The answer's request id is not that of the request.");
      return {};
    }
    const errorMessage = `Status ${answer.status}${said?.errorMessage ? `: ${said.errorMessage}` : ""}`;
    if (answer.status !== 413) return retry("HttpEndpoint.DestinationException", errorMessage);
    // The same bytes would be too many again.
    const attemptEndedMs = this.#clock.now();
    return {
      failed: records.map((record) => ({
        record,
        outputType: "http-endpoint-failed",
        errorCode: "HttpEndpoint.DestinationException",
        errorMessage,
        attemptsMade: attempt,
        attemptEndedMs,
      })),
    };
  }
}

function retry(errorCode: string, errorMessage: string): { readonly retry: DeliveryRetry } {
  return { retry: { errorCode, errorMessage } };
}

/**
 * ```
 * {"requestId": <id>, "timestamp": <ms>, "records": [{"data": <base64>}, ...]}
 * ```
 * The base64 of the records is made when it is sent, one record at a time.
 */
function requestBody(
  requestId: string,
  nowMs: number,
  records: readonly DeliveryRecord[],
): { readonly sizeBytes: number; readonly read: () => Iterable<Buffer> } {
  const head = `{"requestId":"${requestId}","timestamp":${nowMs},"records":[`;
  const tail = "]}";
  const before = '{"data":"';
  const after = '"}';
  let sizeBytes = head.length + tail.length + Math.max(0, records.length - 1);
  for (const { data } of records)
    sizeBytes += before.length + 4 * Math.ceil(data.byteLength / 3) + after.length;
  return {
    sizeBytes,
    read: function* (): Iterable<Buffer> {
      yield Buffer.from(head);
      let pending = "";
      for (const [index, { data }] of records.entries()) {
        pending += `${index === 0 ? "" : ","}${before}${data.toString("base64")}${after}`;
        if (pending.length < sendAtLength) continue;
        yield Buffer.from(pending, "latin1");
        pending = "";
      }
      yield Buffer.from(pending + tail, "latin1");
    },
  };
}

const sendAtLength = 64 * 1024;

const compress = promisify(gzip);

async function compressed(parts: Iterable<Buffer>): Promise<OutboundBody> {
  const bytes = await compress(Buffer.concat([...parts]));
  return { sizeBytes: bytes.byteLength, read: () => [bytes] };
}

interface Said {
  readonly requestId: string;
  readonly errorMessage: string | undefined;
}

function parseAnswer(body: Buffer): Said | undefined {
  try {
    const { requestId, timestamp, errorMessage } = JSON.parse(body.toString()) as Record<string, unknown>;
    if (typeof requestId !== "string" || typeof timestamp !== "number") return undefined;
    const text = typeof errorMessage === "string" ? errorMessage.slice(0, maxErrorTextLength) : undefined;
    return { requestId, errorMessage: text };
  } catch {
    return undefined;
  }
}
