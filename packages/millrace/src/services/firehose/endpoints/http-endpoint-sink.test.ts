import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { HttpEndpointSink, type HttpEndpointTarget } from "./http-endpoint-sink.ts";
import { answerJson, type ReceivedRequest, Receiver, testDelivery, testRecords } from "./test-receiver.ts";

const signal = new AbortController().signal;
const arn = "arn:aws:firehose:us-east-1:000000000000:deliverystream/d";

function sinkTo(url: URL, changes: Partial<HttpEndpointTarget> = {}): HttpEndpointSink {
  const target: HttpEndpointTarget = {
    url,
    accessKey: "secret key",
    contentEncoding: "NONE",
    commonAttributes: { team: "a" },
    deliveryStreamArn: arn,
    ...changes,
  };
  return new HttpEndpointSink(target, new ManualClock());
}

/** An endpoint that takes what follows the specification, and nothing else. */
function strictEndpoint(): Promise<Receiver> {
  return Receiver.start(({ method, headers, body }, response) => {
    const id = headers["x-amz-firehose-request-id"];
    const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
    const { requestId, timestamp, records } = JSON.parse(plain.toString()) as Record<string, unknown>;
    const isRight =
      method === "POST" &&
      headers["content-type"] === "application/json" &&
      headers["x-amz-firehose-protocol-version"] === "1.0" &&
      headers["x-amz-firehose-source-arn"] === arn &&
      Number(headers["content-length"]) === body.byteLength &&
      requestId === id &&
      Number.isInteger(timestamp) &&
      Array.isArray(records) &&
      records.every((record) => Object.keys(record as object).join() === "data");
    answerJson(response, isRight ? 200 : 400, {
      requestId,
      timestamp: 1,
      ...(isRight ? {} : { errorMessage: "no" }),
    });
  });
}

function dataOf({ body, headers }: ReceivedRequest): string[] {
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  const { records } = JSON.parse(plain.toString()) as { records: { data: string }[] };
  return records.map(({ data }) => Buffer.from(data, "base64").toString());
}

describe("an HTTP endpoint", () => {
  it.each(["NONE", "GZIP"] as const)(
    "takes a batch as the specification describes it, encoded as %s",
    async (contentEncoding) => {
      await using endpoint = await strictEndpoint();
      const big = "x".repeat(200_000);
      const delivery = testDelivery(testRecords("a", "", "bär\n", big));
      expect(await sinkTo(endpoint.url, { contentEncoding }).deliver(delivery, signal)).toEqual({});
      const [request] = endpoint.received;
      expect(request?.path).toBe("/in?tenant=a");
      expect(request?.headers["x-amz-firehose-access-key"]).toBe("secret key");
      expect(JSON.parse(String(request?.headers["x-amz-firehose-common-attributes"]))).toEqual({
        commonAttributes: { team: "a" },
      });
      expect(request && dataOf(request)).toEqual(["a", "", "bär\n", big]);
    },
  );

  it("sends a batch again under the same request id, and another batch under another", async () => {
    await using endpoint = await strictEndpoint();
    const sink = sinkTo(endpoint.url, { accessKey: undefined });
    const records = testRecords("a", "b");
    await sink.deliver(testDelivery(records), signal);
    await sink.deliver(testDelivery(records, 2), signal);
    await sink.deliver(testDelivery(records.slice(1)), signal);
    const ids = endpoint.received.map(({ headers }) => headers["x-amz-firehose-request-id"]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(endpoint.received[0]?.headers).not.toHaveProperty("x-amz-firehose-access-key");
  });

  it.each([
    ["an empty answer", 200, ""],
    ["an answer that is not JSON", 200, "<ok/>"],
    ["null", 200, "null"],
    ["another request's id", 200, '{"requestId":"x","timestamp":1}'],
    ["no timestamp", 200, '{"requestId":"x"}'],
  ])("does not take %s for an acknowledgement", async (_name, status, body) => {
    await using endpoint = await Receiver.start(
      (_request, response) => void response.writeHead(status).end(body),
    );
    const outcome = await sinkTo(endpoint.url).deliver(testDelivery(testRecords("a")), signal);
    expect(outcome.retry?.errorCode).toBe("HttpEndpoint.InvalidResponseFromDestination");
    expect(outcome.retry?.records).toBeUndefined();
  });

  it.each([301, 400, 401, 429, 500, 503])(
    "tries again after status %i, and says what the endpoint said",
    async (status) => {
      await using endpoint = await Receiver.start((_request, response) =>
        answerJson(response, status, { requestId: "x", timestamp: 1, errorMessage: "not now" }),
      );
      expect(await sinkTo(endpoint.url).deliver(testDelivery(testRecords("a")), signal)).toEqual({
        retry: {
          errorCode: "HttpEndpoint.DestinationException",
          errorMessage: `Status ${status}: not now`,
        },
      });
    },
  );

  it("gives up records that are too large", async () => {
    await using endpoint = await Receiver.start((_request, response) => void response.writeHead(413).end());
    const records = testRecords("a", "b");
    const outcome = await sinkTo(endpoint.url).deliver(testDelivery(records, 3), signal);
    expect(outcome.retry).toBeUndefined();
    expect(outcome.failed).toMatchObject([
      { record: records[0], outputType: "http-endpoint-failed", attemptsMade: 3 },
      { record: records[1], errorCode: "HttpEndpoint.DestinationException" },
    ]);
  });

  it("says how a connection failed", async () => {
    const codeOf = async (url: URL): Promise<string | undefined> => {
      const outcome = await sinkTo(url).deliver(testDelivery(testRecords("a")), signal);
      return outcome.retry?.errorCode;
    };
    await using breaking = await Receiver.start((_request, response) => void response.socket?.destroy());
    expect(await codeOf(breaking.url)).toBe("HttpEndpoint.ConnectionReset");
    await using endless = await Receiver.start((_request, response) => {
      response.writeHead(200);
      response.write("x".repeat(2 * 1024 * 1024));
    });
    expect(await codeOf(endless.url)).toBe("HttpEndpoint.ResponseTooLarge");
    const plainAsTls = new URL(breaking.url);
    plainAsTls.protocol = "https:";
    expect(await codeOf(plainAsTls)).toBe("HttpEndpoint.SSLHandshakeFailure");
    const gone = new URL(breaking.url);
    await breaking[Symbol.asyncDispose]();
    expect(await codeOf(gone)).toBe("HttpEndpoint.ConnectionFailed");
  });

  it("stops at once when the delivery stream is closed", async () => {
    const stop = new AbortController();
    await using silent = await Receiver.start(() => stop.abort(new Error("closing")));
    const delivering = sinkTo(silent.url).deliver(testDelivery(testRecords("a")), stop.signal);
    await expect(delivering).rejects.toThrow("closing");
  });
});
