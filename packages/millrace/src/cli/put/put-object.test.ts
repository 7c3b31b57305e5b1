import { expect, it } from "vitest";
import { objectPlace } from "./put-object.ts";

const file = { kind: "file", path: "/tmp/in/data.csv", bytes: 1 } as const;
const text = { kind: "text", text: "x" } as const;

it("completes a folder by the name of the file", () => {
  expect(objectPlace("s3://lake/raw/", file)).toEqual({ bucket: "lake", key: "raw/data.csv" });
  expect(objectPlace("s3://lake", file)).toEqual({ bucket: "lake", key: "data.csv" });
  expect(objectPlace("s3://lake/raw/x.csv", file)).toEqual({ bucket: "lake", key: "raw/x.csv" });
});

it("asks for a name where there is none", () => {
  for (const target of ["s3://lake", "s3://lake/", "s3://lake/raw/", "s3://", "s3:///x"])
    expect(() => objectPlace(target, text)).toThrow("does not name an object");
});
