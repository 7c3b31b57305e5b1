import { describe, expect, it } from "vitest";
import { defaultKeyTemplate, KeyTemplate } from "./key-template.ts";

const names = {
  "channel-name": "my-channel",
  "channel-id": "abc123",
  "stream-name": "my-stream",
  extension: "",
};
const timeMs = Date.UTC(2026, 6, 5, 4, 3, 2);
const suffix = "-00000000-0000-4000-8000-000000000000";

/** What is wrong with a template; "" if nothing is. */
function refusal(template: string, changes: Partial<typeof names> = {}): string {
  try {
    new KeyTemplate(template, { ...names, ...changes });
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("templates of keys", () => {
  it.each([
    [
      defaultKeyTemplate,
      ".gz",
      `kinesis-channel/my-channel/abc123/2026/07/05/04/my-channel-abc123-2026-07-05-04-03${suffix}.gz`,
    ],
    ["!{channel-name}/!{yy}/records!{extension}", "", `my-channel/26/records${suffix}`],
    [
      "data/stream=!{stream-name}/!{yyyy}-!{MM}-!{dd}/!{HH}!{mm}!{extension:.json.gz}",
      ".gz",
      `data/stream=my-stream/2026-07-05/0403${suffix}.json.gz`,
    ],
    ["!{channel-name}/!{channel-id}", "", `my-channel/abc123${suffix}`],
    ["a!b!!{dd}", "", `a!b!05${suffix}`],
  ])("%s", (template, extension, key) => {
    expect(new KeyTemplate(template, { ...names, extension }).expand(timeMs, suffix)).toBe(key);
  });

  it.each([
    ["/data/!{channel-name}!{extension}", /must not start with a forward slash/],
    ["data/../!{channel-name}!{extension}", /path traversal/],
    ["data/./a", /path traversal/],
    ["data//!{channel-name}!{extension}", /consecutive slashes/],
    ["!{channel-name}!{extension}/!{yyyy}", /at the end/],
    ["a!{extension}!{extension}", /at the end/],
    ["data/!{partition-id}!{extension}", /not supported: partition-id/],
    ["data/!{constructor}", /not supported: constructor/],
    ["data/!{extensions}", /not supported: extensions/],
    ["data/!{channel-name", /not closed/],
    ["data/!{yyyy/!{MM}", /not supported: yyyy\/!\{MM/],
    ["data/{yyyy}", /not allowed/],
    ["a:b", /not allowed/],
    ["a!{extension:json}", /literal extension/],
    ["a!{extension:.JSON}", /literal extension/],
    ["a!{extension:}", /literal extension/],
    ["x".repeat(987), /must not exceed 986 characters/],
    ["!{channel-name}".repeat(100), /must not exceed 986 characters/],
  ])("refuses %s", (template, message) => {
    expect(refusal(template)).toMatch(message);
  });

  it("need an extension where objects are compressed", () => {
    expect(refusal("data/!{channel-name}", { extension: ".zst" })).toMatch(
      /must include an extension placeholder/,
    );
    expect(refusal("x".repeat(986))).toBe("");
    expect(refusal(`${"x".repeat(983)}!{extension}`, { extension: ".gz" })).toBe("");
    expect(refusal(`${"x".repeat(984)}!{extension}`, { extension: ".gz" })).toMatch(/must not exceed/);
  });

  it("cannot leave their folder by the name of a channel", () => {
    expect(refusal("a/!{channel-name}/b", { "channel-name": ".." })).toMatch(/path traversal/);
  });
});
