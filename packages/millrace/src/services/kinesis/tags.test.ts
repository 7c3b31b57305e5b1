import { describe, expect, it } from "vitest";
import { checkTaggable, tagList, withoutTags, withTags } from "./tags.ts";
import { streamDocument } from "./test-stream.ts";

describe("tags", () => {
  it("are added, replaced, removed and listed without changing what they came from", () => {
    const before = Object.freeze({ b: "1", a: "2" });
    expect(withTags(before, { b: "3", c: "" }, "it")).toEqual({ a: "2", b: "3", c: "" });
    expect(withoutTags(before, ["b", "x"])).toEqual({ a: "2" });
    expect(tagList(before)).toEqual([
      { Key: "a", Value: "2" },
      { Key: "b", Value: "1" },
    ]);
  });

  it.each(["plain", "ünï", "a b", "a_b.c:d/e=f+g-h@i", "鍵", "٣"])("may hold %j", (text) => {
    expect(withTags({}, { [text]: text }, "it")).toEqual({ [text]: text });
  });

  it.each(["a,b", "a;b", "a\tb", "a\u0000", "😀", "<", "a|b", "#"])("may not hold %j", (text) => {
    expect(() => withTags({}, { [text]: "" }, "it")).toThrow(
      "Failed to add tags to it because some tags contained",
    );
    expect(() => withTags({}, { a: text }, "it")).toThrow("illegal characters");
  });

  it("are fifty at most, counted after the change", () => {
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
    expect(Object.keys(withTags(fifty, { k7: "new" }, "it"))).toHaveLength(50);
    expect(() => withTags(fifty, { k50: "" }, "it")).toThrow("cannot have more than 50 tags");
  });

  it("change on streams that are ACTIVE or UPDATING", () => {
    for (const status of ["ACTIVE", "UPDATING"] as const) checkTaggable(streamDocument({ status }));
    for (const status of ["CREATING", "DELETING"] as const)
      expect(() => checkTaggable(streamDocument({ status }))).toThrow(
        `not ACTIVE, instead in state ${status}`,
      );
  });
});
