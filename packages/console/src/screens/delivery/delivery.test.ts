import { describe, expect, it } from "vitest";
import { configurationSections, labelOf } from "./configuration-sections.ts";
import { destinationFacts, fixedPrefix, objectPlaces } from "./delivery-data.ts";
import { deliveryInput, firstOrder } from "./delivery-order.ts";
import { failedRecords, isErrorObject } from "./failed-records.ts";

describe("failedRecords", () => {
  it("reads the lines of the error output", () => {
    const line = {
      attemptsMade: 4,
      arrivalTimestamp: 1_700_000_000_000,
      errorCode: "Lambda.FunctionError",
      errorMessage: "It failed.",
      attemptEndingTimestamp: 1_700_000_000_500,
      rawData: "aMOp",
      lambdaARN: "arn:aws:lambda:::f",
    };
    const other = {
      lastErrorCode: "DataFormatConversion.ParseError",
      lastErrorMessage: "no JSON",
      rawData: "%%",
    };
    const records = failedRecords("k", `${JSON.stringify(line)}\n${JSON.stringify(other)}\n{"cut`);
    expect(records).toMatchObject([
      {
        id: "k#0",
        code: "Lambda.FunctionError",
        message: "It failed.",
        attempts: 4,
        arrivalMs: 1_700_000_000_000,
        failedMs: 1_700_000_000_500,
        details: { lambdaARN: "arn:aws:lambda:::f" },
      },
      { id: "k#1", code: "DataFormatConversion.ParseError", message: "no JSON", attempts: undefined },
    ]);
    expect(new TextDecoder().decode(records[0]?.data)).toBe("hé");
    expect(failedRecords("k", 'null\n[]\n{"a":1}\nplain')).toEqual([]);
  });

  it("knows objects of the error output by their folder", () => {
    expect(isErrorObject("errors/processing-failed/2026/01/31/12/x")).toBe(true);
    expect(isErrorObject("errors/type=format-conversion-failed/x")).toBe(true);
    expect(isErrorObject("AmazonOpenSearchService_failed/2026/x")).toBe(true);
    expect(isErrorObject("clicks/2026/01/31/12/failed-not")).toBe(false);
  });
});

describe("destinations", () => {
  const base = {
    RoleARN: "r",
    BufferingHints: {},
    CompressionFormat: "GZIP",
    EncryptionConfiguration: {},
  } as const;
  const s3 = { ...base, BucketARN: "arn:aws:s3:::lake", Prefix: "clicks/!{timestamp:yyyy}/" };

  it("are told in a word, with their links", () => {
    expect(destinationFacts({ DestinationId: "d", ExtendedS3DestinationDescription: s3 })).toEqual({
      kind: "S3",
      target: "s3://lake/clicks/!{timestamp:yyyy}/",
      to: "/objects/lake",
    });
    const parquet = { ...s3, DataFormatConversionConfiguration: { Enabled: true } };
    expect(destinationFacts({ DestinationId: "d", ExtendedS3DestinationDescription: parquet }).kind).toBe(
      "S3, Parquet",
    );
    const redshift = {
      RoleARN: "r",
      ClusterJDBCURL: "jdbc:redshift://sales.abc.us-east-1.redshift.amazonaws.com:5439/dev",
      CopyCommand: { DataTableName: "flights" },
      S3DestinationDescription: s3,
    };
    expect(destinationFacts({ DestinationId: "d", RedshiftDestinationDescription: redshift })).toEqual({
      kind: "Redshift",
      target: "sales · flights",
      to: "/clusters/sales",
    });
    expect(destinationFacts(undefined).kind).toBe("");
  });

  it("have places of their objects", () => {
    expect(fixedPrefix("a/!{timestamp:yyyy}/b")).toBe("a/");
    expect(objectPlaces({ DestinationId: "d", ExtendedS3DestinationDescription: s3 })).toEqual({
      bucket: "lake",
      prefix: "clicks/",
      errorPrefix: "clicks/",
      isMixed: true,
    });
    const apart = { ...s3, ErrorOutputPrefix: "errors/!{firehose:error-output-type}/" };
    expect(objectPlaces({ DestinationId: "d", ExtendedS3DestinationDescription: apart })).toMatchObject({
      errorPrefix: "errors/",
      isMixed: false,
    });
  });
});

describe("configurationSections", () => {
  it("writes a description as labels and values", () => {
    const sections = configurationSections({
      DeliveryStreamName: "clicks",
      DeliveryStreamARN: "arn",
      DeliveryStreamStatus: "ACTIVE",
      DeliveryStreamType: "DirectPut",
      VersionId: "1",
      HasMoreDestinations: false,
      Destinations: [
        {
          DestinationId: "d",
          ExtendedS3DestinationDescription: {
            RoleARN: "role",
            BucketARN: "arn:aws:s3:::lake",
            BufferingHints: { SizeInMBs: 5 },
            CompressionFormat: "GZIP",
            EncryptionConfiguration: {},
            ProcessingConfiguration: {
              Enabled: true,
              Processors: [
                { Type: "Lambda", Parameters: [{ ParameterName: "LambdaArn", ParameterValue: "fn" }] },
                { Type: "AppendDelimiterToRecord" },
              ],
            },
          },
        },
      ],
    });
    expect(sections.map(({ title }) => title)).toEqual([
      "Delivery stream",
      "S3 destination",
      "Buffering hints",
      "Processing",
    ]);
    expect(sections[2]?.facts).toEqual([["Size in MiB", "5"]]);
    expect(sections[3]?.facts).toContainEqual(["Lambda arn", "fn"]);
  });

  it("keeps abbreviations in labels", () => {
    expect(["RoleARN", "IntervalInSeconds", "sequenceNumber", "S3BackupMode"].map(labelOf)).toEqual([
      "Role ARN",
      "Interval in seconds",
      "sequence number",
      "S3 backup mode",
    ]);
  });
});

describe("deliveryInput", () => {
  const place = { account: "123456789012", region: "eu-west-1" } as const;
  const order = { ...firstOrder, name: "clicks", bucket: "lake" };

  it("takes puts, with the role of the account when none is given", () => {
    expect(deliveryInput({ ...order, prefix: "clicks/", hasDelimiter: true }, place)).toMatchObject({
      DeliveryStreamName: "clicks",
      DeliveryStreamType: "DirectPut",
      ExtendedS3DestinationConfiguration: {
        RoleARN: "arn:aws:iam::123456789012:role/firehose",
        BucketARN: "arn:aws:s3:::lake",
        Prefix: "clicks/",
        ErrorOutputPrefix: "errors/clicks/!{firehose:error-output-type}/",
        BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
        ProcessingConfiguration: { Processors: [{ Type: "AppendDelimiterToRecord" }] },
      },
    });
  });

  it("reads a stream and converts by a table whose name may have points", () => {
    const input = deliveryInput(
      { ...order, stream: "s", isParquet: true, table: "web.clicks.v2", role: "arn:role" },
      place,
    );
    expect(input.KinesisStreamSourceConfiguration).toEqual({
      KinesisStreamARN: "arn:aws:kinesis:eu-west-1:123456789012:stream/s",
      RoleARN: "arn:role",
    });
    const { CompressionFormat, DataFormatConversionConfiguration: conversion } =
      input.ExtendedS3DestinationConfiguration ?? {};
    expect(CompressionFormat).toBeUndefined();
    expect(conversion?.SchemaConfiguration).toMatchObject({ DatabaseName: "web", TableName: "clicks.v2" });
  });
});
