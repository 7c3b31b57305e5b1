import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("schemas and databases", () => {
  test("CREATE SCHEMA", () => {
    expect(outline("create schema if not exists s authorization u quota 50 gb")).toEqual({
      kind: "create-schema",
      ifNotExists: true,
      name: "s",
      authorization: "u",
      quota: { kind: "limit", amount: 50, unit: "gb" },
    });
    expect(outline("create schema authorization u quota unlimited")).toEqual({
      kind: "create-schema",
      authorization: "u",
      quota: { kind: "unlimited" },
    });
    expect(outline("create schema s create table t (a int)")).toMatchObject({
      message: "CREATE SCHEMA with schema elements is not supported",
    });
  });

  test("ALTER SCHEMA", () => {
    expect(outline("alter schema s rename to t")).toMatchObject({ action: { kind: "rename", newName: "t" } });
    expect(outline("alter schema s owner to current_user")).toMatchObject({
      action: { owner: "current_user" },
    });
    expect(outline("alter schema s quota 7")).toMatchObject({
      action: { quota: { kind: "limit", amount: 7, unit: "mb" } },
    });
  });

  test("CREATE DATABASE", () => {
    expect(
      outline(
        "create database d with owner = o connection limit unlimited collate cs isolation level snapshot",
      ),
    ).toEqual({
      kind: "create-database",
      name: "d",
      owner: "o",
      connectionLimit: -1,
      collate: "case_sensitive",
      isolation: "snapshot",
    });
    expect(outline("create database d with permissions from datashare s of namespace 'n'")).toMatchObject({
      from: "from datashare",
    });
    expect(outline("create database d from arn 'arn:aws:glue:x' with no data catalog schema")).toMatchObject({
      from: "from arn",
    });
  });

  test("ALTER DATABASE", () => {
    expect(outline("alter database d connection limit 3")).toMatchObject({
      action: { kind: "connection-limit", limit: 3 },
    });
    expect(outline("alter database d collate case_insensitive")).toMatchObject({
      action: { kind: "collate", collate: "case_insensitive" },
    });
    expect(outline("alter database d isolation level serializable")).toMatchObject({
      action: { kind: "isolation", isolation: "serializable" },
    });
    expect(outline("alter database d integration refresh all tables")).toMatchObject({ kind: "unsupported" });
  });

  test.each([
    ["create schema", "42601 syntax error at end of input @13"],
    ["create schema s quota 5 pb", '42601 syntax error at or near "pb" @24'],
    ["create database d template t", '42601 syntax error at or near "template" @18'],
    ["create database d owner a owner b", '42601 syntax error at or near "owner" @26'],
    ["create database d with permissions", "42601 syntax error at end of input @34"],
    ["create database d isolation level dirty", '42601 syntax error at or near "dirty" @34'],
    ["alter database d", "42601 syntax error at end of input @16"],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});

describe("external schemas", () => {
  test.each([
    [
      `data catalog database 'd' region 'us-west-2' iam_role 'arn:a,arn:b' catalog_role 'arn:c'
       create external database if not exists`,
      {
        kind: "data catalog",
        database: "d",
        region: "us-west-2",
        iamRole: { kind: "arns", arns: ["arn:a", "arn:b"] },
        catalogRole: { kind: "arns", arns: ["arn:c"] },
        createDatabase: true,
      },
    ],
    [
      "database 'd' iam_role 'SESSION'",
      { kind: "data catalog", database: "d", iamRole: { kind: "session" } },
    ],
    [
      "hive metastore database 'd' uri '10.0.0.1' port 99 iam_role default",
      { kind: "hive metastore", database: "d", uri: "10.0.0.1", port: 99, iamRole: { kind: "default" } },
    ],
    [
      "postgres database 'd' schema 's' uri 'h' port 5432 iam_role default secret_arn 'arn:s'",
      {
        kind: "postgres",
        database: "d",
        schema: "s",
        uri: "h",
        port: 5432,
        iamRole: { kind: "default" },
        secretArn: "arn:s",
      },
    ],
    ["redshift database 'd' schema 's'", { kind: "redshift", database: "d", schema: "s" }],
    ["kinesis iam_role default", { kind: "kinesis", iamRole: { kind: "default" } }],
    [
      "msk iam_role default authentication mtls authentication_arn 'arn:x' uri 'b-1:9094'",
      {
        kind: "msk",
        iamRole: { kind: "default" },
        authentication: "mtls",
        authenticationArn: "arn:x",
        uri: "b-1:9094",
      },
    ],
  ])("from %s", (source, expected) => {
    expect(outline(`create external schema if not exists x from ${source}`)).toEqual({
      kind: "create-external-schema",
      ifNotExists: true,
      name: "x",
      source: expected,
    });
  });

  test("ALTER EXTERNAL SCHEMA", () => {
    expect(outline("alter external schema x iam_role default uri 'u'")).toEqual({
      kind: "alter-external-schema",
      name: "x",
      iamRole: { kind: "default" },
      uri: "u",
    });
  });

  test.each([
    ["create external schema x from oracle", '42601 syntax error at or near "oracle" @30'],
    ["create external schema x from data catalog iam_role default", "42601 syntax error at end of input @59"],
    ["create external schema x from kinesis database 'd'", '42601 syntax error at or near "database" @38'],
    [
      "create external schema x from kinesis iam_role default iam_role default",
      '42601 syntax error at or near "iam_role" @55',
    ],
    ["create external schema x from data catalog database d", '42601 syntax error at or near "d" @52'],
    [
      "create external schema x from data catalog database 'd' toString 'x'",
      '42601 syntax error at or near "toString" @56',
    ],
    ["alter external schema x", "42601 syntax error at end of input @23"],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
