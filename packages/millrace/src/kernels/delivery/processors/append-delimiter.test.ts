import { expect, it } from "vitest";
import { AppendDelimiter } from "./append-delimiter.ts";
import { recordsOf, textsOf } from "./test-records.ts";

it.each([
  [undefined, "\n"],
  ["", "\n"],
  ["\\n", "\n"],
  ["\n", "\n"],
  ["\\r\\n", "\r\n"],
  ["|", "|"],
  ["\\x", "\\x"],
])("ends records with %j", async (delimiter, appended) => {
  const records = recordsOf("a", "b\n", "");
  const { records: ended } = await new AppendDelimiter(delimiter).process(records);
  expect(textsOf(ended)).toEqual([`a${appended}`, `b\n${appended}`, appended]);
  expect(textsOf(records)).toEqual(["a", "b\n", ""]);
});
