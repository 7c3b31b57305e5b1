import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";
import { ModelLibrary } from "../model/model-library.ts";
import { createProtocols } from "./protocols.ts";

const library = new ModelLibrary();
const { restXml, restJson1 } = createProtocols();

function request(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = "",
): HttpRequest {
  const [path = "/", query = ""] = target.split("?");
  const all = { host: "127.0.0.1:4566", ...headers };
  return {
    method,
    target,
    path,
    query,
    headers: all,
    body: Buffer.from(body),
    httpVersion: "1.1",
    secure: false,
  };
}

function read(service: "s3" | "batch" | "kafka", operation: string, sent: HttpRequest): unknown {
  const model = library.model(service);
  const operationModel = model.operation(operation);
  if (operationModel === undefined) throw new Error(`no operation ${operation}`);
  return (service === "s3" ? restXml : restJson1).readInput(model, operationModel, sent);
}

function refusal(...args: Parameters<typeof read>): string {
  try {
    read(...args);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown.code;
    throw thrown;
  }
  throw new Error("was read");
}

describe("input of REST protocols", () => {
  it("takes bucket and key as they are, slashes, spaces and all", () => {
    const sent = request("GET", "/bucket/a%2Fb//c%20d+e/%F0%9F%9A%80/");
    expect(read("s3", "GetObject", sent)).toEqual({ Bucket: "bucket", Key: "a/b//c d+e/🚀/" });
    const hosted = request("GET", "/bucket/key", { host: "other.s3.us-east-1.amazonaws.com" });
    expect(read("s3", "GetObject", hosted)).toEqual({ Bucket: "other", Key: "bucket/key" });
  });

  it("reads headers of all kinds, and user metadata by its prefix", () => {
    const headers = {
      "x-amz-meta-a": "1",
      "x-amz-meta-__proto__": "2",
      "x-amz-object-lock-legal-hold": "ON",
      "content-length": "5",
      expires: "Tue, 14 Nov 2023 22:13:20 GMT",
    };
    const { Body, ...input } = read("s3", "PutObject", request("PUT", "/b/k", headers, "hello")) as Record<
      string,
      unknown
    >;
    expect(Body).toBeInstanceOf(Readable);
    expect(input).toMatchObject({
      ContentLength: 5,
      Expires: new Date(1_700_000_000_000),
      ObjectLockLegalHoldStatus: "ON",
    });
    expect(Object.entries(input["Metadata"] as object)).toEqual([
      ["a", "1"],
      ["__proto__", "2"],
    ]);
  });

  it("ignores a conditional date that is no date, and refuses one of S3's own", () => {
    const conditional = request("GET", "/b/k", { "if-modified-since": "yesterday" });
    expect(read("s3", "GetObject", conditional)).toEqual({ Bucket: "b", Key: "k" });
    const lock = { "x-amz-object-lock-retain-until-date": "yesterday" };
    expect(refusal("s3", "PutObject", request("PUT", "/b/k", lock))).toBe("InvalidArgument");
  });

  it("hands over the body as it flows", () => {
    const stream = Readable.from(["x"]);
    const { Body } = read("s3", "PutObject", { ...request("PUT", "/b/k"), stream }) as { Body: Readable };
    expect(Body).toBe(stream);
  });

  it("calls wrong XML malformed, whatever is wrong with it", () => {
    const bodies = [
      "<Delete>",
      "<Delete/>",
      "<Delete><Object><Key>k</Key><Size>x</Size></Object></Delete>",
      "{}",
    ];
    const codes = bodies.map((body) =>
      refusal("s3", "DeleteObjects", request("POST", "/b?delete", {}, body)),
    );
    expect(codes).toEqual(bodies.map(() => "MalformedXML"));
  });

  it("does not let a body replace what the path says", () => {
    const sent = request(
      "PUT",
      "/v1/clusters/arn%3Aa/nodes/count",
      {},
      '{"clusterArn":"other","currentVersion":"1","targetNumberOfBrokerNodes":3}',
    );
    expect(read("kafka", "UpdateBrokerCount", sent)).toEqual({
      ClusterArn: "arn:a",
      CurrentVersion: "1",
      TargetNumberOfBrokerNodes: 3,
    });
  });

  it("reads repeated query parameters as a list", () => {
    const sent = request("DELETE", "/v1/tags/arn%3Aa?tagKeys=a%20b&tagKeys=c+d&other=1");
    expect(read("batch", "UntagResource", sent)).toEqual({ resourceArn: "arn:a", tagKeys: ["a b", "c d"] });
  });
});
