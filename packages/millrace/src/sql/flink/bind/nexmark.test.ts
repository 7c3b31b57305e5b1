import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bindProgram } from "./bind-program.ts";
import { testOptions } from "./test-bind.ts";
import { fieldsText } from "./test-relation-text.ts";

const folder = new URL("../../../../../../tests/fixtures/flink-sql/nexmark/", import.meta.url);
const schema = readFileSync(new URL("schema.sql", folder), "utf8");

function program(query: number): string {
  return `${schema}\n${readFileSync(new URL(`q${query}.sql`, folder), "utf8")}`;
}

async function columns(query: number): Promise<string> {
  const { inserts } = await bindProgram(program(query), testOptions);
  return inserts.map((insert) => fieldsText(insert.input.fields)).join("\n");
}

describe("Nexmark", () => {
  it.each([
    [0, "auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP(3) *ROWTIME*, extra STRING"],
    [1, "auction BIGINT, bidder BIGINT, price DECIMAL(23, 3), dateTime TIMESTAMP(3) *ROWTIME*, extra STRING"],
    [4, "id BIGINT, final BIGINT"],
    [5, "auction BIGINT, num BIGINT NOT NULL"],
    [8, "id BIGINT, name STRING, stime TIMESTAMP(3) NOT NULL"],
    [
      11,
      "bidder BIGINT, bid_count BIGINT NOT NULL, starttime TIMESTAMP(3) NOT NULL, endtime TIMESTAMP(3) NOT NULL",
    ],
  ])("q%i has the columns of its sink", async (query, wanted) => {
    expect(await columns(query)).toBe(wanted);
  });

  it.each([2, 3, 6, 7, 9, 10, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22])("q%i binds", async (query) => {
    expect(await columns(query)).not.toBe("");
  });

  it("q13 is refused by name", async () => {
    await expect(columns(13)).rejects.toThrow(/FOR SYSTEM_TIME AS OF.*it runs on Apache Flink itself/);
  });
});
