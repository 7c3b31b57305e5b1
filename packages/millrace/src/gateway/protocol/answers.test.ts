import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import type { HttpResponse } from "../http.ts";
import { ModelLibrary } from "../model/model-library.ts";
import type { ProtocolName } from "../service.ts";
import { createProtocols } from "./protocols.ts";

const library = new ModelLibrary();
const protocols = createProtocols();

function answer(name: ProtocolName, service: string, operation: string, output: unknown): HttpResponse {
  const model = library.model(service);
  const operationModel = model.operation(operation);
  if (operationModel === undefined) throw new Error(`no operation ${operation}`);
  return protocols[name].writeOutput(model, operationModel, output, "id-1");
}

function failure(name: ProtocolName, service: string, operation: string, error: ServiceError): HttpResponse {
  const model = library.model(service);
  return protocols[name].writeError(model, model.operation(operation), error, "id-1");
}

function text(response: HttpResponse): string {
  if (typeof response.body === "string" || Buffer.isBuffer(response.body)) return response.body.toString();
  throw new Error("the body is a stream");
}

describe("answers on the wire", () => {
  it("writes AWS JSON, without members that are undefined or null", () => {
    const output = {
      Records: [{ SequenceNumber: "1", ErrorCode: undefined }],
      FailedRecordCount: 0,
      EncryptionType: null,
    };
    const response = answer("awsJson1_1", "kinesis", "PutRecords", output);
    expect(text(response)).toBe('{"Records":[{"SequenceNumber":"1"}],"FailedRecordCount":0}');
    expect(response.headers).toEqual({
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": "id-1",
    });
  });

  it("writes timestamps in seconds with milliseconds, and blobs in base64", () => {
    const record = {
      SequenceNumber: "1",
      Data: Buffer.from("hi"),
      ApproximateArrivalTimestamp: new Date(1_700_000_000_123),
    };
    expect(text(answer("awsJson1_1", "kinesis", "GetRecords", { Records: [record] }))).toBe(
      '{"Records":[{"SequenceNumber":"1","Data":"aGk=","ApproximateArrivalTimestamp":1700000000.123}]}',
    );
  });

  it("answers nothing where there is no output", () => {
    expect(answer("awsJson1_1", "kinesis", "DeleteStream", undefined)).toMatchObject({
      status: 200,
      body: Buffer.alloc(0),
    });
    expect(text(answer("awsQuery", "iam", "DeleteUser", undefined))).toBe(
      '<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DeleteUserResponse>',
    );
  });

  it("does not write what the shape does not have, and says so when a value has the wrong type", () => {
    expect(text(answer("awsJson1_1", "kinesis", "GetRecords", { Records: [], Secret: 1 }))).toBe(
      '{"Records":[]}',
    );
    expect(() => answer("awsJson1_1", "kinesis", "GetRecords", { Records: "x" })).toThrow("asks for a list");
    expect(() => answer("awsJson1_1", "kinesis", "GetRecords", { MillisBehindLatest: "x" })).toThrow(
      "asks for a number",
    );
  });

  it("writes S3's bare location, streams and headers", () => {
    expect(text(answer("restXml", "s3", "GetBucketLocation", { LocationConstraint: "eu-west-1" }))).toContain(
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
    );
    const body = Buffer.from("content");
    const response = answer("restXml", "s3", "GetObject", {
      Body: body,
      ETag: '"e"',
      Metadata: { Name: "ü" },
    });
    expect(response.body).toBe(body);
    expect(response.headers).toMatchObject({
      etag: '"e"',
      "x-amz-meta-name": "%C3%BC",
      "x-amz-request-id": "id-1",
    });
  });
});

describe("errors on the wire", () => {
  const notFound = new ServiceError("ResourceNotFoundException", 'Stream "a" not found.');

  it("in AWS JSON 1.1", () => {
    const response = failure("awsJson1_1", "kinesis", "PutRecord", notFound);
    expect(response.status).toBe(400);
    expect(text(response)).toBe(
      '{"__type":"ResourceNotFoundException","message":"Stream \\"a\\" not found."}',
    );
  });

  it("in AWS JSON 1.0, with the namespace", () => {
    expect(text(failure("awsJson1_0", "dynamodb", "PutItem", notFound))).toContain(
      '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":',
    );
  });

  it("with the code of the query protocol for services that left it", () => {
    const response = failure(
      "awsJson1_0",
      "cloudwatch",
      "GetDashboard",
      new ServiceError("DashboardNotFoundError", "x"),
    );
    expect(response.headers).toMatchObject({ "x-amzn-query-error": "ResourceNotFound;Sender" });
  });

  it("with modelled members, and without any that the model does not have", () => {
    const members = { CancellationReasons: [{ Code: "None" }], Other: 1 };
    const error = new ServiceError("TransactionCanceledException", "x", { members });
    expect(JSON.parse(text(failure("awsJson1_0", "dynamodb", "TransactWriteItems", error)))).toEqual({
      __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
      Message: "x",
      CancellationReasons: [{ Code: "None" }],
    });
  });

  it("in the query protocol, with its own code and status", () => {
    const response = failure(
      "awsQuery",
      "redshift",
      "DeleteCluster",
      new ServiceError("ClusterNotFoundFault", "a < b"),
    );
    expect(response.status).toBe(404);
    expect(text(response)).toBe(
      '<ErrorResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><Error><Type>Sender</Type><Code>ClusterNotFound</Code><Message>a &lt; b</Message></Error><RequestId>id-1</RequestId></ErrorResponse>',
    );
  });

  it("in REST JSON, with the code in a header", () => {
    const response = failure(
      "restJson1",
      "batch",
      "SubmitJob",
      new ServiceError("ClientException", "no", { status: 400 }),
    );
    expect(response.headers).toMatchObject({ "x-amzn-errortype": "ClientException" });
    expect(text(response)).toBe('{"message":"no"}');
  });

  it("in S3, with details that the model does not know, and without a body for HEAD", () => {
    const error = new ServiceError("NoSuchBucket", "none", { status: 404, members: { BucketName: "b&c" } });
    const response = failure("restXml", "s3", "GetObject", error);
    expect(response.status).toBe(404);
    expect(text(response)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucket</Code><Message>none</Message><BucketName>b&amp;c</BucketName><RequestId>id-1</RequestId><HostId>aWQtMQ==</HostId></Error>',
    );
    expect(failure("restXml", "s3", "HeadObject", error)).toMatchObject({
      status: 404,
      body: Buffer.alloc(0),
    });
  });

  it("before any service is known", () => {
    for (const name of Object.keys(protocols) as ProtocolName[]) {
      const response = protocols[name].writeError(
        undefined,
        undefined,
        new ServiceError("X", "y", { status: 404 }),
        "id-1",
      );
      expect(response.status).toBe(404);
      expect(response.body.toString()).toMatch(/y/);
    }
  });
});
