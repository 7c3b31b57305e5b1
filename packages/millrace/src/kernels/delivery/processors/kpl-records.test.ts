import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KplDeAggregation } from "./kpl-records.ts";
import { recordOf } from "./test-records.ts";

interface Recorded {
  readonly cases: readonly {
    readonly name: string;
    readonly aggregated: string;
    readonly records: readonly { readonly partitionKey: string; readonly data: string }[];
  }[];
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL("./fixtures/kpl-aggregated.json", import.meta.url), "utf8"),
);
const origin = { partitionKey: "outer", sequenceNumber: "4971", shardId: "shardId-000000000000" };

async function open(data: Buffer): Promise<readonly (readonly [string | undefined, string])[]> {
  const { records } = await new KplDeAggregation().process([{ ...recordOf(data, 3), origin }]);
  expect(records.every(({ offset }) => offset === 3)).toBe(true);
  return records.map((record) => [record.origin?.partitionKey, record.data.toString("base64")]);
}

function aggregated(message: Buffer): Buffer {
  const digest = createHash("md5").update(message).digest();
  return Buffer.concat([Buffer.from("f3899ac2", "hex"), message, digest]);
}

describe("records of the Kinesis Producer Library", () => {
  it.each(recorded.cases)("opens $name", async ({ aggregated: data, records }) => {
    expect(await open(Buffer.from(data, "base64"))).toEqual(
      records.map((record) => [record.partitionKey, record.data]),
    );
  });

  it("numbers them", async () => {
    const data = Buffer.from(recorded.cases[0]?.aggregated ?? "", "base64");
    const { records } = await new KplDeAggregation().process([{ ...recordOf(data), origin }]);
    expect(records.map((record) => record.origin?.subSequenceNumber)).toEqual([0, 1, 2]);
    expect(records.every((record) => record.origin?.sequenceNumber === "4971")).toBe(true);
  });

  it("leaves what is damaged as it is, wherever a byte is changed or cut off", async () => {
    const data = Buffer.from(recorded.cases[0]?.aggregated ?? "", "base64");
    for (let place = 0; place < data.length; place++) {
      const changed = Buffer.from(data);
      changed[place] = (changed[place] ?? 0) ^ 0x55;
      expect(await open(changed)).toEqual([["outer", changed.toString("base64")]]);
      const cut = data.subarray(0, place);
      expect(await open(cut)).toEqual([["outer", cut.toString("base64")]]);
    }
  });

  it.each([
    ["no records", ""],
    ["a key that is not in the table", "1a04080" + "51a00"],
    ["a field that is longer than the message", "1aff7f00"],
    ["a number without an end", "08ffffffffffffffffff"],
    ["groups, which nobody writes", "0b0c"],
  ])("leaves a message with %s as it is", async (_, message) => {
    const data = aggregated(Buffer.from(message, "hex"));
    expect(await open(data)).toEqual([["outer", data.toString("base64")]]);
  });
});
