import { afterEach, describe, expect, it } from "vitest";
import { type Filtered, RecordFilter } from "./filter.ts";

const open: RecordFilter[] = [];
afterEach(async () => {
  for (const filter of open.splice(0)) await filter.close();
});

async function run(expression: string, documents: readonly string[]): Promise<readonly Filtered[]> {
  const filter = await RecordFilter.compile(expression);
  open.push(filter);
  return filter.run(documents);
}

describe("RecordFilter", () => {
  it("keeps and drops by a condition", async () => {
    expect(await run(".delay > 60", ['{"delay":61}', '{"delay":60}', "{}", '"text"'])).toMatchObject([
      "keep",
      "drop",
      "drop",
      { error: /.+/ },
    ]);
  });

  it("shows other values in the place of a record, however many", async () => {
    expect(await run(".a[]", ['{"a":[1,2,3,"x"]}', '{"a":[]}'])).toEqual([
      { values: ["1", "2", "3", '"x"'] },
      "drop",
    ]);
    expect(await run("select(.n > 1) | {n} # a comment", ['{"n":1}', '{"n":2,"m":3}'])).toEqual([
      "drop",
      { values: ['{"n":2}'] },
    ]);
  });

  it("says what does not compile", async () => {
    await expect(RecordFilter.compile(".a |")).rejects.toThrow(
      /--filter is no jq expression: .*syntax error/,
    );
    await expect(RecordFilter.compile(".a) | (.b")).rejects.toThrow("--filter is no jq expression");
  });
});
