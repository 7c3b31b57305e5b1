import { describe, expect, it } from "vitest";
import { ServiceError } from "../../packages/millrace/src/core/errors.ts";
import type { HttpRequest } from "../../packages/millrace/src/gateway/http.ts";
import { ModelLibrary } from "../../packages/millrace/src/gateway/model/model-library.ts";
import type { OperationModel } from "../../packages/millrace/src/gateway/model/service-model.ts";
import type { StructureShape } from "../../packages/millrace/src/gateway/model/shape.ts";
import { createProtocols } from "../../packages/millrace/src/gateway/protocol/protocols.ts";
import { Router } from "../../packages/millrace/src/gateway/route/router.ts";
import { CborReaders } from "../../packages/millrace/src/gateway/shape/cbor-reader.ts";
import { CborScan } from "../../packages/millrace/src/gateway/shape/cbor-scan.ts";
import { CborWriters } from "../../packages/millrace/src/gateway/shape/cbor-writer.ts";
import { comparable } from "./comparable.ts";
import { SeededRandom } from "./sample/random.ts";
import { Sampler } from "./sample/value.ts";

/*
 * `application/x-amz-cbor-1.1` is what Java clients speak to Kinesis. No JavaScript client speaks it, so
 * golden bytes stand for one, and our own reader and writer check each other over all operations.
 */
const library = new ModelLibrary();
const model = library.model("kinesis");
const router = new Router(library, createProtocols());
const readers = new CborReaders({ timestamps: "milliseconds" });
const writers = new CborWriters({ timestamps: "milliseconds" });
const contentType = "application/x-amz-cbor-1.1";

function request(operation: string, body: Buffer): HttpRequest {
  return {
    method: "POST",
    target: "/",
    path: "/",
    query: "",
    headers: { "x-amz-target": `Kinesis_20131202.${operation}`, "content-type": contentType },
    body,
    httpVersion: "1.1",
    secure: false,
  };
}

function decode(shape: StructureShape, body: unknown): unknown {
  if (!Buffer.isBuffer(body)) throw new Error("the body is not a buffer");
  const scan = new CborScan(body);
  const value = readers.reader(shape)(scan);
  scan.end();
  return value;
}

const operations = model.operationNames.flatMap((name) => model.operation(name) ?? []);

describe("CBOR as Java clients speak it", () => {
  it.each(operations)("$name: both directions", async (operation: OperationModel) => {
    const input = new Sampler(new SeededRandom(3)).structure(operation.input);
    const output = new Sampler(new SeededRandom(4)).structure(operation.output);
    const encoded =
      operation.input === undefined ? Buffer.from([0xa0]) : writers.encode(operation.input, input);
    const sent = request(operation.name, encoded);
    const route = router.route(sent);
    expect(route.protocol.name).toBe("awsCbor1_1");
    expect(await comparable(route.protocol.readInput(model, operation, sent))).toEqual(
      await comparable(input),
    );
    if (operation.output === undefined || operation.outputEvents !== undefined) return;
    const response = route.protocol.writeOutput(model, operation, output, "id");
    expect(response.headers).toMatchObject({ "content-type": contentType, "x-amzn-requestid": "id" });
    expect(await comparable(decode(operation.output, response.body))).toEqual(await comparable(output));
  });

  it("takes a GetShardIterator as it is on the wire", () => {
    const body = Buffer.from(
      "bf6a53747265616d4e616d656161675368617264496462733171536861726449746572617" +
        "46f72547970656c41545f54494d455354414d506954696d657374616d70c11b0000018bcfe5687bff",
      "hex",
    );
    const sent = request("GetShardIterator", body);
    const { protocol, operationModel } = router.route(sent);
    expect(protocol.readInput(model, operationModel, sent)).toEqual({
      StreamName: "a",
      ShardId: "s1",
      ShardIteratorType: "AT_TIMESTAMP",
      Timestamp: new Date(0x018bcfe5687b),
    });
  });

  it("names errors in a header and in the map", () => {
    const { protocol, operationModel } = router.route(request("PutRecord", Buffer.alloc(0)));
    const error = new ServiceError("ResourceNotFoundException", "gone");
    const { status, headers, body } = protocol.writeError(model, operationModel, error, "id");
    expect({ status, headers }).toEqual({
      status: 400,
      headers: {
        "content-type": contentType,
        "x-amzn-requestid": "id",
        "x-amzn-errortype": "ResourceNotFoundException",
      },
    });
    // {_ "__type": "ResourceNotFoundException", "message": "gone"}
    const text = Buffer.from("\u00bff__typex\u0019ResourceNotFoundExceptiongmessagedgone\u00ff", "latin1");
    expect(body).toEqual(text);
  });
});
