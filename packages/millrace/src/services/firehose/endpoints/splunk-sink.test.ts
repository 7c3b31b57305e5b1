import { describe, expect, it } from "vitest";
import { ManualClock, type Timer } from "../../../core/clock.ts";
import type { DeliveryOutcome } from "../../../kernels/delivery/index.ts";
import { SplunkSink, type SplunkTarget } from "./splunk-sink.ts";
import { answerJson, Receiver, testDelivery, testRecords } from "./test-receiver.ts";

const signal = new AbortController().signal;
/** Time that passes as soon as somebody waits for it. */
class HurriedClock extends ManualClock {
  override after(delayMs: number, run: () => void): Timer {
    const timer = super.after(delayMs, run);
    setImmediate(() => this.advance(delayMs));
    return timer;
  }
}

const clock = new HurriedClock();

function sinkTo(url: URL, changes: Partial<SplunkTarget> = {}): SplunkSink {
  return new SplunkSink(
    { endpoint: url, type: "Raw", token: "a-token", acknowledgementTimeoutMs: 180_000, ...changes },
    clock,
  );
}

/** A collector that checks token and channel as Splunk's does, and acknowledges after some questions. */
async function strictCollector(questions: number): Promise<Receiver & { readonly events: string[] }> {
  const events: string[] = [];
  const channels = new Map<string, number>();
  const receiver = await Receiver.start(({ method, path, headers, body }, response) => {
    const channel = String(headers["x-splunk-request-channel"]);
    const url = new URL(path, "http://splunk");
    if (headers.authorization !== "Splunk a-token")
      return answerJson(response, 403, { text: "Invalid token", code: 4 });
    if (method !== "POST" || url.searchParams.get("channel") !== channel)
      return answerJson(response, 400, { text: "Invalid data channel", code: 11 });
    if (url.pathname === "/services/collector/ack") {
      const { acks } = JSON.parse(body.toString()) as { acks: number[] };
      const asked = (channels.get(channel) ?? -1) + 1;
      channels.set(channel, asked);
      return answerJson(response, 200, { acks: { [String(acks[0])]: acks[0] === 7 && asked >= questions } });
    }
    if (!/^\/services\/collector\/(?:raw|event)$/.test(url.pathname)) return answerJson(response, 404, {});
    events.push(body.toString());
    channels.set(channel, 0);
    return answerJson(response, 200, { text: "Success", code: 0, ackId: 7 });
  });
  return Object.assign(receiver, { events });
}

describe("Splunk's collector", () => {
  it.each(["Raw", "Event"] as const)(
    "takes %s data and is asked until it has acknowledged them",
    async (type) => {
      await using splunk = await strictCollector(3);
      const delivery = testDelivery(testRecords('{"event":"a"}', '{"event":"b"}\n'));
      expect(await sinkTo(splunk.url, { type }).deliver(delivery, signal)).toEqual({});
      expect(splunk.events).toEqual(['{"event":"a"}\n{"event":"b"}\n']);
      const paths = splunk.received.map(({ path }) => path.replace(/\?.*/, ""));
      expect(paths[0]).toBe(`/services/collector/${type.toLowerCase()}`);
      expect(paths.slice(1)).toEqual(new Array(3).fill("/services/collector/ack"));
    },
  );

  it("sends the data again when no acknowledgement comes in time", async () => {
    await using splunk = await strictCollector(Number.POSITIVE_INFINITY);
    const outcome = await sinkTo(splunk.url).deliver(testDelivery(testRecords("a")), signal);
    expect(outcome.retry?.errorCode).toBe("Splunk.AckTimeout");
    expect(outcome.failed).toBeUndefined();
  });

  it("names a wrong token", async () => {
    await using splunk = await strictCollector(0);
    const outcome = await sinkTo(splunk.url, { token: "another" }).deliver(
      testDelivery(testRecords("a")),
      signal,
    );
    expect(outcome).toEqual({
      retry: { errorCode: "Splunk.InvalidToken", errorMessage: "Status 403: Invalid token" },
    });
    expect(splunk.events).toEqual([]);
  });

  const answers: readonly [string, number, unknown, string][] = [
    ["a disabled token", 403, { text: "Token disabled", code: 1 }, "Splunk.DisabledToken"],
    ["wrong data", 400, { text: "Invalid data format", code: 6 }, "Splunk.InvalidDataFormat"],
    ["a wrong index", 400, { text: "Incorrect index", code: 7 }, "Splunk.InvalidIndex"],
    ["a busy server", 503, { text: "Server is busy", code: 9 }, "Splunk.IndexerBusy"],
    ["a broken server", 500, "what", "Splunk.ServerError"],
    ["another page", 404, "no such page", "Splunk.URLNotFound"],
    ["no acknowledgements", 200, { text: "Success", code: 0 }, "Splunk.DisabledAck"],
    [
      "acknowledgements refused",
      400,
      { text: "ACK is disabled", code: 14 },
      "Splunk.AcknowledgementsDisabled",
    ],
  ];
  it.each(answers)("tries again after %s", async (_name, status, body, errorCode) => {
    await using splunk = await Receiver.start((_request, response) => answerJson(response, status, body));
    const outcome: DeliveryOutcome = await sinkTo(splunk.url).deliver(testDelivery(testRecords("a")), signal);
    expect(outcome.retry?.errorCode).toBe(errorCode);
  });

  it("gives up what is too large", async () => {
    await using splunk = await Receiver.start((_request, response) => void response.writeHead(413).end());
    const outcome = await sinkTo(splunk.url).deliver(testDelivery(testRecords("a")), signal);
    expect(outcome.failed).toMatchObject([
      { errorCode: "Splunk.ServerError.ContentTooLarge", outputType: "splunk-failed" },
    ]);
  });
});
