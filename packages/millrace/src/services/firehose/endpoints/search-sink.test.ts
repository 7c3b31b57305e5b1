import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import type { DeliveryRecord } from "../../../kernels/delivery/index.ts";
import { toOffset } from "../../../kernels/log/index.ts";
import { SearchDocuments, type SearchIndex } from "./search-document.ts";
import { SearchSink } from "./search-sink.ts";
import { answerJson, type ReceivedRequest, Receiver, testDelivery, testRecords } from "./test-receiver.ts";

const index: SearchIndex = { name: "logs", rotation: "NoRotation", typeName: undefined, hasIds: true };
const { signal } = new AbortController();

interface Bulk {
  readonly actions: { _index: string; _id?: string; _type?: string }[];
  readonly documents: string[];
}

function bulkOf({ body }: ReceivedRequest): Bulk {
  const lines = body.toString().split("\n");
  expect(lines.pop()).toBe("");
  return {
    actions: lines.filter((_, i) => i % 2 === 0).map((line) => JSON.parse(line).index),
    documents: lines.filter((_, i) => i % 2 === 1),
  };
}

/** A cluster that answers each document with the status that `statusOf` says. */
function cluster(statusOf: (document: string) => number = () => 201): Promise<Receiver> {
  return Receiver.start((request, response) => answerItems(request, response, statusOf));
}

function answerItems(
  request: ReceivedRequest,
  response: ServerResponse,
  statusOf: (document: string) => number,
): void {
  const items = bulkOf(request).documents.map((document) => {
    const status = statusOf(document);
    return { index: status < 300 ? { status } : { status, error: { type: "t", reason: document } } };
  });
  answerJson(response, 200, { took: 1, errors: true, items });
}

function sinkFor(endpoint: URL, settings: Partial<SearchIndex> = {}, credentials?: string): SearchSink {
  const target = { endpoint, credentials, codePrefix: "OS", failedType: "failed" };
  return new SearchSink(target, new SearchDocuments({ ...index, ...settings }), new ManualClock());
}

const textsOf = (records: readonly DeliveryRecord[] = []): string[] =>
  records.map(({ data }) => data.toString());

describe("a search cluster", () => {
  it("gets documents as lines, each with its action", async () => {
    await using server = await cluster();
    const records = testRecords('{"a":1}', '{\n "b": "x\\n",\r\n "big": 12345678901234567890\n}');
    const outcome = await sinkFor(server.url, {}, "user:pass").deliver(testDelivery(records), signal);
    expect(outcome).toEqual({});
    const [request] = server.received;
    expect(request?.path).toBe("/in/_bulk?tenant=a");
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from("user:pass").toString("base64")}`);
    expect(request && bulkOf(request).documents).toEqual([
      '{"a":1}',
      '{  "b": "x\\n",   "big": 12345678901234567890 }',
    ]);
  });

  it("gets the same id for the same record, whatever batch it comes in", async () => {
    await using server = await cluster();
    const records = testRecords("{}", "{}", "{}").map((record, i) => ({
      ...record,
      // The last two were made of one.
      offset: toOffset(i === 0 ? 10 : 11),
    }));
    const identity = testDelivery(records).identity;
    await sinkFor(server.url).deliver(testDelivery(records), signal);
    await sinkFor(server.url).deliver({ ...testDelivery(records.slice(1)), identity }, signal);
    const [first, second] = server.received.map((request) => bulkOf(request).actions.map(({ _id }) => _id));
    expect(new Set(first).size).toBe(3);
    expect(second).toEqual(first?.slice(1));
  });

  it("makes the ids itself when it is asked to, and gets a type when there is one", async () => {
    await using server = await cluster();
    const sink = sinkFor(server.url, { hasIds: false, typeName: "event" });
    await sink.deliver(testDelivery(testRecords("{}")), signal);
    expect(server.received.map((request) => bulkOf(request).actions)).toEqual([
      [{ _index: "logs", _type: "event" }],
    ]);
  });

  it("gets again what it had no room for, and nothing else", async () => {
    const statuses: Record<string, number> = { '{"n":2}': 429, '{"n":3}': 400, '{"n":4}': 503 };
    await using server = await cluster((document) => statuses[document] ?? 201);
    const sink = sinkFor(server.url);
    const delivery = testDelivery(testRecords('{"n":1}', '{"n":2}', '{"n":3}', '{"n":4}'));
    const { failed, retry } = await sink.deliver(delivery, signal);
    expect(failed).toMatchObject([
      { errorCode: "400", errorMessage: '{"type":"t","reason":"{\\"n\\":3}"}', outputType: "failed" },
    ]);
    expect(textsOf(retry?.records)).toEqual(['{"n":2}', '{"n":4}']);
    delete statuses['{"n":2}'];
    delete statuses['{"n":4}'];
    const remaining = retry?.records ?? [];
    expect(await sink.deliver({ ...delivery, remaining, attempt: 2 }, signal)).toEqual({});
    const [first, second] = server.received.map(bulkOf);
    expect(second?.documents).toEqual(['{"n":2}', '{"n":4}']);
    expect(second?.actions).toEqual([first?.actions[1], first?.actions[3]]);
  });

  it.each(["text", "", "[1]", "null", '{"a":1}{"b":2}', '{"a":', "\uFEFF{}"])(
    "never gets %j, which is no document",
    async (text) => {
      await using server = await cluster();
      const delivery = testDelivery(testRecords(text, "{}"));
      const { failed, retry } = await sinkFor(server.url).deliver(delivery, signal);
      expect(textsOf(failed?.map(({ record }) => record))).toEqual([text]);
      expect(retry).toBeUndefined();
      expect(server.received.map((request) => bulkOf(request).documents)).toEqual([["{}"]]);
    },
  );

  it("is not asked when there is no document at all", async () => {
    await using server = await cluster();
    const { failed } = await sinkFor(server.url).deliver(testDelivery(testRecords("a", "b")), signal);
    expect(failed).toHaveLength(2);
    expect(server.received).toEqual([]);
  });

  it("gets requests of a bounded size", async () => {
    await using server = await cluster();
    const document = JSON.stringify({ text: "x".repeat(1_000_000) });
    const records = testRecords(...Array.from({ length: 20 }, () => document));
    expect(await sinkFor(server.url).deliver(testDelivery(records), signal)).toEqual({});
    expect(server.received.length).toBe(3);
    for (const { body } of server.received) expect(body.byteLength).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it.each([
    [401, "OS.AccessDenied"],
    [403, "OS.AccessDenied"],
    [404, "OS.ResourceNotFound"],
    [413, "413"],
    [503, "503"],
  ])("that answers %i is asked again: %s", async (status, errorCode) => {
    await using server = await Receiver.start((_, response) => answerJson(response, status, { no: "no" }));
    const delivery = testDelivery(testRecords("{}"));
    const { retry } = await sinkFor(server.url).deliver(delivery, signal);
    expect(retry).toMatchObject({ errorCode, errorMessage: `Status ${status}: {"no":"no"}` });
    expect(retry?.records).toHaveLength(1);
  });

  it.each([
    "",
    "<html>",
    "{}",
    '{"items":[]}',
    '{"items":[{}]}',
    '{"items":[null]}',
    '{"items":[{"index":{}}]}',
  ])("whose answer is %j is asked again", async (body) => {
    await using server = await Receiver.start((_, response) => response.end(body));
    const { retry } = await sinkFor(server.url).deliver(testDelivery(testRecords("{}")), signal);
    expect(retry?.errorCode).toBe("OS.InvalidResponse");
  });

  it("that is not there is asked once for a batch of many requests", async () => {
    const server = await cluster();
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const document = JSON.stringify({ text: "x".repeat(1_000_000) });
    const records = testRecords(...Array.from({ length: 20 }, () => document));
    const { retry } = await sinkFor(url).deliver(testDelivery(records), signal);
    expect(retry?.errorCode).toBe("OS.ConnectionFailed");
    expect(retry?.records).toHaveLength(20);
  });
});
