import { describe, expect, test } from "vitest";
import type { Copy } from "../ast/copy.ts";
import type { Unload } from "../ast/unload.ts";
import { checkCopy, checkUnload } from "./copy-conflicts.ts";
import { parseStatement } from "./redshift-parser.ts";
import { failure, outline } from "./test-statement.ts";

describe("COPY", () => {
  test("every parameter once, in any order", () => {
    const text = `copy s.t (a, b) from 's3://b/p' credentials as 'aws_iam_role=arn:x' acceptanydate acceptinvchars as '^'
      blanksasnull dateformat as 'auto' emptyasnull encoding as utf16le escape explicit_ids fillrecord
      ignoreblanklines ignoreheader as 2 null as '\\N' removequotes roundec timeformat 'epochsecs' trimblanks
      truncatecolumns comprows 10 compupdate preset statupdate true maxerror as 5 ignoreallerrors noload
      delimiter '\\t' gzip manifest encrypted master_symmetric_key 'k' region as 'eu-west-1' ssh readratio 50`;
    expect(outline(text)).toEqual({
      kind: "copy",
      table: "s.t",
      columns: ["a", "b"],
      source: "s3://b/p",
      authorization: { kind: "credentials", text: "aws_iam_role=arn:x" },
      format: { kind: "delimited" },
      options: {
        delimiter: "\t",
        compression: "gzip",
        manifest: true,
        encrypted: true,
        masterSymmetricKey: "k",
        region: "eu-west-1",
        ssh: true,
        readRatio: 50,
        acceptAnyDate: true,
        acceptInvChars: "^",
        blanksAsNull: true,
        dateFormat: "auto",
        emptyAsNull: true,
        encoding: "utf16le",
        escape: true,
        explicitIds: true,
        fillRecord: true,
        ignoreBlankLines: true,
        ignoreHeader: 2,
        nullAs: "\\N",
        removeQuotes: true,
        roundEc: true,
        timeFormat: "epochsecs",
        trimBlanks: true,
        truncateColumns: true,
        compRows: 10,
        compUpdate: "preset",
        statUpdate: true,
        maxError: 5,
        ignoreAllErrors: true,
        noLoad: true,
      },
    });
  });

  test.each([
    ["csv quote as '%'", { kind: "csv", quote: "%" }],
    ["quote '%' csv", { kind: "csv", quote: "%" }],
    ["format as csv", { kind: "csv" }],
    ["as csv", { kind: "csv" }],
    ["format json", { kind: "json", argument: "auto" }],
    ["json as 'auto ignorecase'", { kind: "json", argument: "auto ignorecase" }],
    ["format as avro 's3://b/paths'", { kind: "avro", argument: "s3://b/paths" }],
    ["format as parquet", { kind: "parquet" }],
    ["orc", { kind: "orc" }],
    ["fixedwidth as 'a:3,b:5'", { kind: "fixedwidth", specification: "a:3,b:5" }],
    [
      "format shapefile simplify auto 1.1E-05",
      { kind: "shapefile", simplify: { auto: true, tolerance: "1.1E-05" } },
    ],
    ["format shapefile", { kind: "shapefile" }],
    ["format delimiter ','", { kind: "delimited" }],
  ])("format: %s", (clause, format) => {
    expect(outline(`copy t from 's3://b/' iam_role default ${clause}`)).toMatchObject({ format });
  });

  test.each([
    ["iam_role default", { kind: "iam-role", role: { kind: "default" } }],
    ["iam_role 'arn:a, arn:b'", { kind: "iam-role", role: { kind: "arns", arns: ["arn:a", "arn:b"] } }],
    ["with credentials 'x'", { kind: "credentials", text: "x" }],
    ["secret_access_key 's' access_key_id 'a'", { kind: "keys", accessKeyId: "a", secretAccessKey: "s" }],
    [
      "access_key_id as 'a' secret_access_key 's' session_token 't'",
      { kind: "keys", accessKeyId: "a", secretAccessKey: "s", sessionToken: "t" },
    ],
  ])("authorization: %s", (clause, authorization) => {
    expect(outline(`copy t from 's3://b/' csv ${clause}`)).toMatchObject({ authorization });
  });

  test("switches without a value are on, a replacement without one is ?", () => {
    expect(outline("copy t from 's' compupdate statupdate acceptinvchars")).toMatchObject({
      options: { compUpdate: "on", statUpdate: true, acceptInvChars: "?" },
    });
    expect(outline("copy t from 's' compupdate off null ''")).toMatchObject({
      options: { compUpdate: "off", nullAs: "" },
    });
  });

  test("jobs", () => {
    expect(outline("copy t from 's' iam_role default csv job create nightly auto off")).toMatchObject({
      job: { name: "nightly" },
    });
    expect(outline("copy job drop nightly")).toMatchObject({
      kind: "unsupported",
      message: "COPY JOB DROP is not supported",
    });
    expect(outline("copy job from 's'")).toMatchObject({ kind: "copy", table: "job" });
  });

  test.each([
    ["copy t from stdin", '42601 syntax error at or near "stdin" @12'],
    ["copy t to 's3://b/'", '42601 syntax error at or near "to" @7'],
    ["copy (select 1) to stdout", '42601 syntax error at or near "(" @5'],
    ["copy t from 's' fast", '42601 syntax error at or near "fast" @16'],
    ["copy t from 's' format as xml", '42601 syntax error at or near "xml" @26'],
    ["copy t from 's' csv json 'auto'", "42601 conflicting or redundant options @20"],
    ["copy t from 's' gzip zstd", "42601 conflicting or redundant options @21"],
    ["copy t from 's' maxerror 1 maxerror 2", "42601 conflicting or redundant options @27"],
    ["copy t from 's' iam_role default credentials 'x'", "42601 conflicting or redundant options @33"],
    ["copy t from 's' access_key_id 'a'", "42601 syntax error at end of input @33"],
    ["copy t from 's' maxerror -1", '42601 syntax error at or near "-" @25'],
    ["copy t from 's' maxerror 'x'", "42601 syntax error at or near \"'x'\" @25"],
    ["copy t from 's' encoding latin1", '42601 syntax error at or near "latin1" @25'],
    ["copy t from 's' quote '\"'", "0A000 COPY quote available only in CSV mode @25"],
    ["copy t from 's' with csv", '42601 syntax error at or near "with" @16'],
    ["copy t from 's' toString", '42601 syntax error at or near "toString" @16'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });

  test.each([
    ["csv escape", "CSV is not compatible with ESCAPE"],
    ["csv removequotes", "CSV is not compatible with REMOVEQUOTES"],
    ["fixedwidth 'a:1' delimiter ','", "FIXEDWIDTH is not compatible with DELIMITER"],
    ["format parquet truncatecolumns", "TRUNCATECOLUMNS argument is not supported for PARQUET based COPY"],
    ["format parquet region 'eu-west-1'", "REGION argument is not supported for PARQUET based COPY"],
    ["format orc gzip", "GZIP argument is not supported for ORC based COPY"],
    ["csv serializetojson", "SERIALIZETOJSON is supported for columnar formats only"],
  ])("does not go together: %s", (clause, message) => {
    const copy = parseStatement(`copy t from 's' iam_role default ${clause}`) as Copy;
    expect(() => checkCopy(copy)).toThrow(expect.objectContaining({ sqlState: "0A000", message }));
  });

  test.each([
    "csv gzip ignoreheader 1",
    "delimiter ',' escape removequotes",
    "format parquet fillrecord manifest serializetojson",
  ])("goes together: %s", (clause) => {
    expect(() => checkCopy(parseStatement(`copy t from 's' ${clause}`) as Copy)).not.toThrow();
  });
});

describe("UNLOAD", () => {
  test("every parameter once", () => {
    const text = `unload ('select * from t where d=\\'x\\' and e=''y''') to 's3://b/u/' iam_role 'arn:r' format as parquet
      partition by (a, b) include manifest verbose header delimiter as ',' encrypted auto kms_key_id 'k'
      gzip addquotes null as '' escape allowoverwrite cleanpath parallel off maxfilesize as 6.5 mb rowgroupsize 1 gb
      region 'eu-west-1' extension 'x'`;
    expect(outline(text)).toMatchObject({
      kind: "unload",
      queryText: "select * from t where d='x' and e='y'",
      query: { kind: "query" },
      target: "s3://b/u/",
      authorization: { role: { arns: ["arn:r"] } },
      format: "parquet",
      options: {
        partitionBy: { columns: ["a", "b"], include: true },
        manifest: "verbose",
        header: true,
        delimiter: ",",
        encrypted: "auto",
        kmsKeyId: "k",
        compression: "gzip",
        addQuotes: true,
        nullAs: "",
        escape: true,
        allowOverwrite: true,
        cleanPath: true,
        maxFileSizeBytes: 6_815_744,
        rowGroupSizeBytes: 1_073_741_824,
        region: "eu-west-1",
        extension: "x",
      },
    });
  });

  test("text is what is written without a format, in dollars as in quotes", () => {
    expect(outline("unload ($$select 'a' from t;$$) to 's' iam_role default parallel")).toMatchObject({
      queryText: "select 'a' from t;",
      format: "text",
      options: { parallel: true },
    });
  });

  test.each([
    ["unload ('select from') to 's'", '42601 syntax error at or near "from" @8'],
    ["unload ('select 1; select 2') to 's'", '42601 syntax error at or near "select" @8'],
    ["unload ('drop table t') to 's'", '42601 syntax error at or near "drop" @8'],
    ["unload (select 1) to 's'", '42601 syntax error at or near "select" @8'],
    ["unload ('select 1') to 's' format as orc", '42601 syntax error at or near "orc" @37'],
    ["unload ('select 1') to 's' csv json", "42601 conflicting or redundant options @31"],
    ["unload ('select 1') to 's' gzip bzip2", "42601 conflicting or redundant options @32"],
    ["unload ('select 1') to 's' header header", "42601 conflicting or redundant options @34"],
    ["unload ('select 1') to 's' maxfilesize big", '42601 syntax error at or near "big" @39'],
    ["unload ('select 1') to 's' format header", '42601 syntax error at or near "header" @34'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });

  test.each([
    ["csv addquotes", "ADDQUOTES is not supported for UNLOAD to CSV"],
    ["json null as 'x'", "NULL AS is not supported for UNLOAD to JSON"],
    ["parquet zstd", "ZSTD is not supported for UNLOAD to PARQUET"],
    ["fixedwidth '0:1' header", "FIXEDWIDTH is not compatible with HEADER"],
    ["rowgroupsize 64 mb", "ROWGROUPSIZE is supported for UNLOAD to PARQUET only"],
    ["allowoverwrite cleanpath", "ALLOWOVERWRITE is not compatible with CLEANPATH"],
  ])("does not go together: %s", (clause, message) => {
    const unload = parseStatement(`unload ('select 1') to 's' ${clause}`) as Unload;
    expect(() => checkUnload(unload)).toThrow(expect.objectContaining({ sqlState: "0A000", message }));
  });
});
