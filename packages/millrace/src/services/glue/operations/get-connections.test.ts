import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

async function withConnections(): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  for (let at = 0; at < 5; at++)
    await glue.run("CreateConnection", {
      ConnectionInput: {
        Name: `c${at}`,
        ConnectionType: at % 2 === 0 ? "CUSTOM" : "KAFKA",
        ConnectionProperties: { KAFKA_BOOTSTRAP_SERVERS: "b", PASSWORD: "p" },
        MatchCriteria: at === 3 ? ["x", "y"] : ["x"],
      },
    });
  return glue;
}

it("lists connections in pages", async () => {
  await using glue = await withConnections();
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const input = NextToken === undefined ? { MaxResults: 2 } : { MaxResults: 2, NextToken };
    const page = await glue.run("GetConnections", input);
    names.push(...(page.ConnectionList ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
    pages++;
  } while (NextToken !== undefined);
  expect([names, pages]).toEqual([["c0", "c1", "c2", "c3", "c4"], 3]);
});

it("filters, and hides passwords", async () => {
  await using glue = await withConnections();
  const names = async (Filter: object): Promise<unknown> => {
    const { ConnectionList } = await glue.run("GetConnections", { Filter, HidePassword: true });
    expect(ConnectionList?.some((one) => one.ConnectionProperties?.PASSWORD !== undefined)).toBe(false);
    return ConnectionList?.map(({ Name }) => Name);
  };
  expect(await names({ ConnectionType: "KAFKA" })).toEqual(["c1", "c3"]);
  expect(await names({ MatchCriteria: ["x", "y"] })).toEqual(["c3"]);
  expect(await names({ ConnectionSchemaVersion: 2 })).toEqual([]);
});

it("refuses tokens that are forged or of another filter", async () => {
  await using glue = await withConnections();
  const { NextToken = "" } = await glue.run("GetConnections", { MaxResults: 1 });
  const refusal = (input: object) => codeOf(glue.run("GetConnections", input));
  expect(await refusal({ NextToken: "x" })).toBe("InvalidInputException");
  expect(await refusal({ NextToken: `${NextToken}A` })).toBe("InvalidInputException");
  expect(await refusal({ NextToken, Filter: { ConnectionType: "JDBC" } })).toBe("InvalidInputException");
});
