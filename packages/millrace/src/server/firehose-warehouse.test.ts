import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestCopy } from "../kernels/warehouse/copy/test-copy.ts";
import { WarehouseError } from "../services/firehose/index.ts";
import { FirehoseWarehouse } from "./firehose-warehouse.ts";

const role = "arn:aws:iam::000000000000:role/load";
const clusterJdbcUrl = "jdbc:redshift://millrace.abc.us-east-1.redshift.amazonaws.com:5439/dev";
const never = new AbortController().signal;

let test: TestCopy;
let firehose: FirehoseWarehouse;

beforeAll(async () => {
  test = await TestCopy.start();
  firehose = new FirehoseWarehouse(() => Promise.resolve(test.warehouse.warehouse));
  await test.session.rows("create table clicks (a int, b varchar(10) not null)");
  await test.session.rows("create user loader password 'Secret-12345'");
  test.objects.put("b", "one", "1|x\n2|y\n");
  test.objects.put("b", "manifest", JSON.stringify({ entries: [{ url: "s3://b/one", mandatory: true }] }));
});
afterAll(() => test[Symbol.asyncDispose]());

interface Change {
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
  readonly table?: string;
  readonly from?: string;
  readonly role?: string;
  readonly options?: string;
  readonly signal?: AbortSignal;
}

/** "loaded", or the code that Firehose logs. */
async function copy(change: Change = {}): Promise<string> {
  const { table = "clicks", from = "s3://b/manifest", options = "MANIFEST" } = change;
  const statement = `COPY ${table} FROM '${from}' CREDENTIALS 'aws_iam_role=${change.role ?? role}' ${options};`;
  try {
    await firehose.copy(
      {
        ...{ clusterJdbcUrl: change.url ?? clusterJdbcUrl, statement },
        ...{ username: change.username ?? "awsuser", password: change.password ?? "any" },
      },
      change.signal ?? never,
    );
    return "loaded";
  } catch (error) {
    return error instanceof WarehouseError ? error.code : String(error);
  }
}

it("loads what a manifest names into the cluster of the URL", async () => {
  expect(await copy()).toBe("loaded");
  expect(await copy({ url: "jdbc:postgresql://localhost:5439/dev?ssl=true" })).toBe("loaded");
  expect(await test.rows("clicks")).toEqual(["1|x", "2|y", "1|x", "2|y"]);
  await test.session.rows("truncate clicks");
});

describe("codes of Firehose", () => {
  it.each<[Change, string]>([
    [{ table: "nothing" }, "Redshift.TableNotFound"],
    [{ table: "clicks (a, q)" }, "Redshift.ColumnNotFound"],
    [{ options: "MANIFEST csv csv" }, "Redshift.IncorrectCopyOptions"],
    [{ options: "MANIFEST csv escape" }, "Redshift.IncorrectCopyOptions"],
    [{ options: "MANIFEST what" }, "Redshift.SyntaxError"],
    [{ options: "MANIFEST; drop table clicks" }, "Redshift.SyntaxError"],
    [{ url: "jdbc:redshift://millrace:5439/other" }, "Redshift.DatabaseNotFound"],
    [{ url: "http://millrace" }, "Redshift.ConnectionFailed"],
    [{ username: "nobody" }, "Redshift.AuthenticationFailed"],
    [{ username: "loader", password: "wrong" }, "Redshift.AuthenticationFailed"],
    [{ username: "loader", password: "Secret-12345" }, "Redshift.InsufficientPrivilege"],
    [{ role: "arn:aws:iam::000000000000:role/forbidden" }, "Redshift.AccessDenied"],
    [{ from: "s3://b/one", options: "" }, "loaded"],
    [{ from: "s3://b/none" }, "Redshift.MissingS3File"],
    [{ from: "s3://b/one", options: "delimiter ','" }, "Redshift.DataLoadFailed"],
  ])("%j: %s", async (change, code) => {
    expect(await copy(change)).toBe(code);
  });

  it("a paused cluster takes no connection", async () => {
    const { warehouse } = test.warehouse;
    const key = warehouse.list()[0]?.key ?? { account: "", region: "", identifier: "" };
    await test.session.session.close();
    await warehouse.pause(key);
    expect(await copy()).toBe("Redshift.ConnectionFailed");
    await warehouse.resume(key);
  });
});

it("does not begin when it is to stop", async () => {
  expect(await copy({ signal: AbortSignal.abort(new Error("stopped")) })).toBe("Error: stopped");
});
