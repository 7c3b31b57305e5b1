import type {
  DataFormatConversionConfiguration,
  ExtendedS3DestinationConfiguration,
} from "@aws-sdk/client-firehose";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { describe, expect, it } from "vitest";
import { createInput, errorOf, roleArn, TestFirehose } from "../test-firehose.ts";

const conversion = {
  SchemaConfiguration: { RoleARN: roleArn, DatabaseName: "db", TableName: "flights" },
  InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
  OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
} as const;
const settings = {
  BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
  ErrorOutputPrefix: "bad/",
  DataFormatConversionConfiguration: conversion,
};

async function withTable(): Promise<TestFirehose> {
  const firehose = await TestFirehose.start();
  firehose.tables.tables.set("flights", [
    { name: "origin", type: "string" },
    { name: "delay", type: "int" },
  ]);
  return firehose;
}

async function refusal(changes: Partial<ExtendedS3DestinationConfiguration>): Promise<string> {
  await using firehose = await withTable();
  const error = await errorOf(firehose.run("CreateDeliveryStream", createInput({ ...settings, ...changes })));
  expect(error.code).toBe("InvalidArgumentException");
  return error.message;
}
const converted = (changes: Partial<DataFormatConversionConfiguration>): Promise<string> =>
  refusal({ DataFormatConversionConfiguration: { ...conversion, ...changes } });

async function rows(bytes: Buffer): Promise<unknown[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return parquetReadObjects({ file, compressors });
}

describe("conversion to Parquet", () => {
  it("writes the columns of the table", async () => {
    await using firehose = await withTable();
    await firehose.create(settings);
    await firehose.put('{"origin":"BER","delay":3,"extra":true}', '{"delay":-1}');
    await firehose.flush();
    const [object, second] = firehose.places.of("lake");
    expect(second).toBeUndefined();
    expect(object?.key).toMatch(/\.parquet$/);
    expect(await rows(object?.bytes ?? Buffer.alloc(0))).toEqual([
      { origin: "BER", delay: 3 },
      { origin: null, delay: -1 },
    ]);
    expect(firehose.metric("SucceedConversion.Records")).toBe(2);
  });

  it("sends what cannot be converted to the error output, with AWS's members", async () => {
    await using firehose = await withTable();
    await firehose.create(settings);
    await firehose.put("no JSON", '{"origin":"MUC"}');
    await firehose.flush();
    const [object, error] = firehose.places.of("lake");
    expect(error?.key).toMatch(/^bad\/format-conversion-failed\//);
    const line = JSON.parse(error?.bytes.toString() ?? "");
    expect(Object.keys(line)).toEqual([
      "attemptsMade",
      "arrivalTimestamp",
      "lastErrorCode",
      "lastErrorMessage",
      "attemptEndingTimestamp",
      "rawData",
      "sequenceNumber",
      "subSequenceNumber",
      "dataCatalogTable",
    ]);
    expect(line).toMatchObject({
      lastErrorCode: "DataFormatConversion.ParseError",
      rawData: Buffer.from("no JSON").toString("base64"),
      dataCatalogTable: {
        catalogId: null,
        databaseName: "db",
        tableName: "flights",
        region: "us-east-1",
        versionId: "LATEST",
        roleArn,
      },
    });
    expect(await rows(object?.bytes ?? Buffer.alloc(0))).toHaveLength(1);
    expect(firehose.metric("FailedConversion.Records")).toBe(1);
    expect(firehose.metric("FailedConversion.Bytes")).toBe(7);
  });

  it("follows changes of the table, and loses nothing when it is gone", async () => {
    await using firehose = await withTable();
    await firehose.create(settings);
    firehose.tables.tables.set("flights", [{ name: "delay", type: "double" }]);
    await firehose.put('{"delay":1.5}');
    await firehose.flush();
    const [first] = firehose.places.of("lake");
    expect(await rows(first?.bytes ?? Buffer.alloc(0))).toEqual([{ delay: 1.5 }]);
    firehose.places.objects.clear();
    firehose.tables.tables.clear();
    await firehose.put('{"delay":2}');
    await firehose.flush();
    const [error] = firehose.places.of("lake");
    expect(JSON.parse(error?.bytes.toString() ?? "")).toMatchObject({
      lastErrorCode: "DataFormatConversion.EntityNotFoundException",
      rawData: Buffer.from('{"delay":2}').toString("base64"),
    });
  });

  it("is refused as on AWS, in AWS's order", async () => {
    const small = { SizeInMBs: 5 };
    const compression = "The S3 destination's compression format must be set to UNCOMPRESSED when";
    expect(await refusal({ CompressionFormat: "GZIP", BufferingHints: small })).toMatch(compression);
    expect(
      await refusal({
        BufferingHints: small,
        DataFormatConversionConfiguration: { ...conversion, SchemaConfiguration: undefined },
      }),
    ).toBe("BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.");
    expect(await refusal({ DataFormatConversionConfiguration: {} })).toBe(
      "InputFormatConfiguration must not be null",
    );
    expect(await converted({ OutputFormatConfiguration: undefined })).toBe(
      "OutputFormatConfiguration must not be null",
    );
    expect(await converted({ SchemaConfiguration: undefined })).toBe("SchemaConfiguration must not be null");
    expect(await converted({ InputFormatConfiguration: { Deserializer: {} } })).toBe(
      "Deserializer must not be null",
    );
    expect(await converted({ OutputFormatConfiguration: {} })).toBe("Serializer must not be null");
    expect(
      await converted({
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {}, HiveJsonSerDe: {} } },
      }),
    ).toBe("More than one deserializer specified. Only one may be chosen.");
    expect(
      await converted({
        OutputFormatConfiguration: { Serializer: { OrcSerDe: {}, ParquetSerDe: {} } },
      }),
    ).toBe("More than one serializer specified. Only one may be chosen.");
    expect(await converted({ OutputFormatConfiguration: { Serializer: { OrcSerDe: {} } } })).toMatch(
      /^OrcSerDe is not supported/,
    );
    const { SchemaConfiguration: schema } = conversion;
    expect(await converted({ SchemaConfiguration: { ...schema, RoleARN: undefined } })).toBe(
      "SchemaConfiguration.RoleArn must not be null or empty",
    );
    expect(await converted({ SchemaConfiguration: { ...schema, TableName: "" } })).toBe(
      "SchemaConfiguration.TableName must not be null or empty",
    );
  });

  it("looks the table up at creation, in the name of its role", async () => {
    const { SchemaConfiguration: schema } = conversion;
    expect(await converted({ SchemaConfiguration: { ...schema, TableName: "none" } })).toMatch(
      /^Table none not found\. \(Service: AWSGlue; Status Code: 400; Error Code: EntityNotFoundException;/,
    );
    await using firehose = await withTable();
    firehose.roles.forbidden.add("glue:GetTableVersions");
    const error = await errorOf(firehose.run("CreateDeliveryStream", createInput(settings)));
    expect(error.message).toMatch(/^Access was denied when calling Glue\./);
  });

  it("can be configured and disabled, and is merged member by member", async () => {
    await using firehose = await withTable();
    await firehose.create({
      CompressionFormat: "GZIP",
      DataFormatConversionConfiguration: { ...conversion, Enabled: false },
    });
    const answer = firehose.update({ DataFormatConversionConfiguration: { Enabled: true } });
    expect((await errorOf(answer)).message).toMatch(/^The S3 destination's compression format/);
    firehose.tables.tables.set("other", [{ name: "a", type: "string" }]);
    await firehose.update({
      CompressionFormat: "UNCOMPRESSED",
      BufferingHints: { SizeInMBs: 64 },
      DataFormatConversionConfiguration: { Enabled: true, SchemaConfiguration: { TableName: "other" } },
    });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.ExtendedS3DestinationDescription?.DataFormatConversionConfiguration).toEqual({
      ...conversion,
      SchemaConfiguration: { ...conversion.SchemaConfiguration, TableName: "other" },
      Enabled: true,
    });
  });

  it("buffers 128 MiB when nothing is said", async () => {
    await using firehose = await withTable();
    await firehose.create({ DataFormatConversionConfiguration: conversion });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.S3DestinationDescription?.BufferingHints?.SizeInMBs).toBe(128);
  });
});
