import { describe, expect, it } from "vitest";
import { folderOf, normalLocation, parseS3Path, s3Location } from "./s3-path.ts";

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
    expect(normalLocation("s3a://b/a/")).toBe(normalLocation("s3://b/a"));
    expect(normalLocation("s3://b")).toBe(normalLocation("s3://b/"));
    expect(normalLocation("db.public.t")).toBe("s3://db.public.t/");
  });
});
