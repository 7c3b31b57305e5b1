import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

async function withFunctions(): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "attic" } });
  for (const DatabaseName of ["shop", "attic"])
    for (const FunctionName of ["trino__a", "trino__b", "Clean"])
      await glue.run("CreateUserDefinedFunction", {
        DatabaseName,
        FunctionInput: {
          FunctionName,
          ClassName: "A",
          FunctionType: FunctionName === "Clean" ? "AGGREGATE_FUNCTION" : "REGULAR_FUNCTION",
        },
      });
  return glue;
}

async function all(glue: GlueRunner, input: object, MaxResults: number = 2): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const request = { Pattern: "*", MaxResults, ...input, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = await glue.run("GetUserDefinedFunctions", request);
    names.push(...(page.UserDefinedFunctions ?? []).map((one) => `${one.DatabaseName}.${one.FunctionName}`));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && pages++ < 20);
  return names;
}

it("lists the functions of a database that fit a pattern", async () => {
  await using glue = await withFunctions();
  const of = (Pattern: string) => all(glue, { DatabaseName: "shop", Pattern });
  expect(await of("trino__.*")).toEqual(["shop.trino__a", "shop.trino__b"]);
  expect(await of("clean|*_b")).toEqual(["shop.Clean", "shop.trino__b"]);
  expect(await of("TRINO__.")).toEqual(["shop.trino__a", "shop.trino__b"]);
  expect(await of("trino")).toEqual([]);
});

it("lists those of all databases, in pages of any size", async () => {
  await using glue = await withFunctions();
  const expected = ["attic", "shop"].flatMap((name) =>
    ["Clean", "trino__a", "trino__b"].map((one) => `${name}.${one}`),
  );
  for (const size of [1, 2, 3, 4, 6, 7]) expect(await all(glue, {}, size)).toEqual(expected);
  expect(await all(glue, { FunctionType: "AGGREGATE_FUNCTION" }, 1)).toEqual(["attic.Clean", "shop.Clean"]);
});

it("refuses other patterns, forged tokens and databases that are not there", async () => {
  await using glue = await withFunctions();
  const refusal = (input: object) => codeOf(glue.run("GetUserDefinedFunctions", { Pattern: "*", ...input }));
  expect(await refusal({ Pattern: "(a" })).toBe("InvalidInputException");
  expect(await refusal({ NextToken: "AAAA" })).toBe("InvalidInputException");
  expect(await refusal({ DatabaseName: "nowhere" })).toBe("EntityNotFoundException");
});
