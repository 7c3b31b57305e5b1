import { expect, it } from "vitest";
import { type Entry, foldersOf, nameOf, newestFirst } from "./listing.ts";

it("names folders of a prefix and objects within it", () => {
  expect(foldersOf("a/b/")).toEqual([
    { name: "a", prefix: "a/" },
    { name: "b", prefix: "a/b/" },
  ]);
  expect(foldersOf("a/half")).toEqual([{ name: "a", prefix: "a/" }]);
  expect(foldersOf("//")).toEqual([
    { name: "/", prefix: "/" },
    { name: "/", prefix: "//" },
  ]);
  expect(foldersOf("")).toEqual([]);
  expect(nameOf("a/b/c.csv", "a/b/")).toBe("c.csv");
  expect(nameOf("other", "a/")).toBe("other");
});

it("orders versions with the latest of each key first", () => {
  const entry = (key: string, seconds: number, isLatest: boolean): Entry => ({
    kind: "version",
    key,
    sizeBytes: 1,
    modifiedAt: new Date(seconds * 1_000),
    etag: undefined,
    storageClass: undefined,
    versionId: `${key}${seconds}`,
    isLatest,
  });
  const ids = newestFirst([
    entry("b", 1, true),
    entry("a", 5, false),
    entry("a", 5, true),
    entry("a", 9, false),
  ]);
  expect(ids.map(({ versionId, isLatest }) => `${versionId} ${isLatest}`)).toEqual([
    "a5 true",
    "a9 false",
    "a5 false",
    "b1 true",
  ]);
});
