import { describe, expect, it } from "vitest";
import { entryFor, parseObjectStores } from "./object-store-setting.ts";

describe("parseObjectStores", () => {
  it("knows nothing, the data directory and other places, for all buckets or some", () => {
    expect(parseObjectStores(" ")).toEqual([]);
    const url = "s3://kept/in/here?endpoint=http://127.0.0.1:9000/&region=eu-central-1";
    expect(parseObjectStores(`local, lake-=${url}`)).toEqual([
      { bucketPrefix: "", remote: undefined },
      {
        bucketPrefix: "lake-",
        remote: {
          name: "s3=kept/in/here/",
          bucket: "kept",
          prefix: "in/here/",
          endpoint: "http://127.0.0.1:9000",
          region: "eu-central-1",
        },
      },
    ]);
    const aws = { name: "s3=kept/", prefix: "", endpoint: undefined, region: "us-east-1" };
    for (const text of ["s3://kept", "s3://kept/", "s3://kept?"])
      expect(parseObjectStores(text)).toMatchObject([{ remote: aws }]);
    expect(parseObjectStores("s3://kept/p/")).toMatchObject([{ remote: { prefix: "p/" } }]);
    const encoded = "s3://kept?endpoint=https%3A%2F%2Fhost%2Fs3";
    expect(parseObjectStores(encoded)).toMatchObject([{ remote: { endpoint: "https://host/s3" } }]);
  });

  it.each([
    ["minio", /local or s3:/],
    ["local,", /local or s3:/],
    ["LAKE=local", /local or s3:/],
    ["http://host/bucket", /local or s3:/],
    ["s3://", /bucket/],
    ["s3://Upper_/", /bucket/],
    ["s3://b", /bucket/],
    ["s3://kept/a//b", /prefix/],
    ["s3://kept/a:b", /prefix/],
    ["s3://kept/ä", /prefix/],
    [`s3://kept/${"x".repeat(257)}`, /prefix/],
    ["s3://kept?region=US EAST", /region/],
    ["s3://kept?region=", /region/],
    ["s3://kept?endpoint=host:9000", /endpoint/],
    ["s3://kept?endpoint=ftp://host", /endpoint/],
    ["s3://kept?endpoint=http://host?x=1", /query/],
    ["s3://kept?endpont=http://host", /endpoint and region/],
    ["s3://kept#x", /endpoint and region/],
    ["s3://me@kept", /without a user/],
    ["s3://kept?endpoint=http://me:you@host", /without a user/],
    ["s3://kept/p?endpoint=http://one,s3://kept/p?endpoint=http://two", /different prefixes/],
    ["s3://kept/p?region=us-east-1,x=s3://kept/p?region=us-east-2", /different prefixes/],
    [Array(101).fill("local").join(","), /at most 100/],
  ])("refuses %s", (text, message) => {
    expect(() => parseObjectStores(text)).toThrow(message);
  });
});

describe("entryFor", () => {
  const entries = parseObjectStores("s3://first,s3://second,lake-=s3://lake,lake-x=local,lake-=s3://former");
  const nameFor = (bucket: string): string | undefined => entryFor(entries, bucket)?.remote?.name;

  it("takes the longest beginning, and of equal ones the first", () => {
    expect(nameFor("any")).toBe("s3=first/");
    expect(nameFor("lake")).toBe("s3=first/");
    expect(nameFor("lake-1")).toBe("s3=lake/");
    expect(nameFor("lake-x1")).toBeUndefined();
    expect(entryFor(entries, "lake-x1")?.bucketPrefix).toBe("lake-x");
  });

  it("has none for a bucket that nothing was said of", () => {
    expect(entryFor(parseObjectStores("lake-=s3://lake"), "other")).toBeUndefined();
  });
});
