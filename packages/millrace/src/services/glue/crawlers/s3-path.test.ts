import { describe, expect, it } from "vitest";
import { folderOf, foldersBetween, normalLocation, parentOf, parseS3Path, s3Location } from "./s3-path.ts";

describe("paths in S3", () => {
  it("are read with and without a scheme", () => {
    const path = { bucket: "b", key: "a/c" };
    for (const text of ["s3://b/a/c", "s3a://b/a/c", "s3n://b/a/c", "b/a/c"])
      expect(parseS3Path(text)).toEqual(path);
    expect(parseS3Path("s3://b")).toEqual({ bucket: "b", key: "" });
    expect(parseS3Path("s3://b/")).toEqual({ bucket: "b", key: "" });
    expect(parseS3Path("s3://b//x\ny")).toEqual({ bucket: "b", key: "/x\ny" });
    for (const text of ["", "s3://", "s3:///a", "http://b/a", "jdbc:x"])
      expect(parseS3Path(text)).toBeUndefined();
  });

  it("are folders with a slash behind, and compare without", () => {
    expect(folderOf({ bucket: "b", key: "a" })).toEqual({ bucket: "b", key: "a/" });
    expect(folderOf({ bucket: "b", key: "a/" })).toEqual({ bucket: "b", key: "a/" });
    expect(folderOf({ bucket: "b", key: "" })).toEqual({ bucket: "b", key: "" });
    expect(s3Location({ bucket: "b", key: "a/" })).toBe("s3://b/a/");
    expect(normalLocation("s3a://b/a/")).toBe("s3://b/a/");
    expect(normalLocation("s3://b")).toBe("s3://b/");
    expect(normalLocation("db.public.t")).toBe("db.public.t");
  });

  it("lie in each other", () => {
    const path = (key: string) => ({ bucket: "b", key });
    expect(foldersBetween(path("a/"), path("a/b/c/"))).toEqual(["b", "c"]);
    expect(foldersBetween(path("a/"), path("a/"))).toEqual([]);
    expect(foldersBetween(path(""), path("x.json"))).toEqual(["x.json"]);
    expect(foldersBetween(path("a/"), path("a//"))).toEqual([""]);
    expect(foldersBetween(path("a/"), path("ab/"))).toBeUndefined();
    expect(foldersBetween(path("a/"), { bucket: "c", key: "a/b/" })).toBeUndefined();
    expect(parentOf(path("a/b/"))).toEqual(path("a/"));
    expect(parentOf(path("a//"))).toEqual(path("a/"));
    expect(parentOf(path("a/"))).toEqual(path(""));
    expect(parentOf(path(""))).toEqual(path(""));
  });
});
