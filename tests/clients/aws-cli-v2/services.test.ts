import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { AwsCli } from "./aws-cli.ts";

let millrace: MillraceProcess;
let aws: AwsCli;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  aws = await AwsCli.of(millrace);
});
afterAll(() => millrace.dispose());

describe("the AWS CLI's second version", () => {
  it("puts and gets records of Kinesis, which it takes and shows as Base64", async () => {
    const stream = ["--stream-name", "cli"] as const;
    await aws.call("kinesis", "create-stream", ...stream, "--shard-count", "1");
    await aws.call("kinesis", "wait", "stream-exists", ...stream);
    const Data = Buffer.from("hello, ü").toString("base64");
    const put = await aws.call("kinesis", "put-record", ...stream, "--partition-key", "k", "--data", Data);
    const records = `PartitionKey=a,Data=${Data} PartitionKey=b,Data=${Data}`.split(" ");
    expect(await aws.call("kinesis", "put-records", ...stream, "--records", ...records)).toMatchObject({
      FailedRecordCount: 0,
    });
    const { ShardIterator } = await aws.call(
      ...["kinesis", "get-shard-iterator", ...stream, "--shard-id", "0"],
      ...["--shard-iterator-type", "TRIM_HORIZON"],
    );
    const got = await aws.call("kinesis", "get-records", "--shard-iterator", `${ShardIterator}`);
    expect(got).toMatchObject({
      Records: [{ Data, PartitionKey: "k", SequenceNumber: put["SequenceNumber"] }, { Data }, { Data }],
    });
    expect(await aws.call("kinesis", "list-streams", "--page-size", "1")).toMatchObject({
      StreamNames: ["cli"],
    });
  });

  it("puts metrics and reads their statistics", async () => {
    const metric = ["--namespace", "Shop", "--metric-name", "Orders"] as const;
    const dimensions = ["--dimensions", "Region=eu"] as const;
    for (const value of ["1", "3"])
      await aws.call("cloudwatch", "put-metric-data", ...metric, ...dimensions, "--value", value);
    const now = Date.now();
    const time = (ms: number): string => new Date(ms).toISOString();
    const { Datapoints } = await aws.call(
      ...["cloudwatch", "get-metric-statistics", ...metric, "--dimensions", "Name=Region,Value=eu"],
      ...["--start-time", time(now - 3_600_000), "--end-time", time(now + 3_600_000)],
      ...["--period", "86400", "--statistics", "Sum", "Maximum"],
    );
    const points = Datapoints as { Sum: number; Maximum: number }[];
    expect(points.reduce((sum, { Sum }) => sum + Sum, 0)).toBe(4);
    expect(Math.max(...points.map(({ Maximum }) => Maximum))).toBe(3);
    expect(await aws.call("cloudwatch", "list-metrics", "--namespace", "Shop")).toMatchObject({
      Metrics: [{ MetricName: "Orders", Dimensions: [{ Name: "Region", Value: "eu" }] }],
    });
  });

  it("encrypts and decrypts with KMS", async () => {
    const { KeyMetadata } = await aws.call("kms", "create-key", "--description", "of the CLI");
    const { KeyId } = KeyMetadata as { KeyId: string };
    await aws.call("kms", "create-alias", "--alias-name", "alias/cli", "--target-key-id", KeyId);
    const Plaintext = Buffer.from("a secret").toString("base64");
    const context = ["--encryption-context", "table=orders"] as const;
    const { CiphertextBlob } = await aws.call(
      ...["kms", "encrypt", "--key-id", "alias/cli", "--plaintext", Plaintext, ...context],
    );
    expect(
      await aws.call("kms", "decrypt", "--ciphertext-blob", `${CiphertextBlob}`, ...context),
    ).toMatchObject({
      Plaintext,
    });
    const { exitCode, stderr } = await aws.run("kms", "decrypt", "--ciphertext-blob", `${CiphertextBlob}`);
    expect(exitCode).toBe(254);
    expect(stderr).toContain("(InvalidCiphertextException) when calling the Decrypt operation");
  });

  it("makes users and roles of IAM, and sessions of STS", async () => {
    await aws.call("iam", "create-user", "--user-name", "jo");
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" },
    });
    const policy = ["--policy-name", "p", "--policy-document", document] as const;
    await aws.call("iam", "put-user-policy", "--user-name", "jo", ...policy);
    const kept = await aws.call("iam", "get-user-policy", "--user-name", "jo", "--policy-name", "p");
    expect(kept["PolicyDocument"]).toEqual(JSON.parse(document));
    expect(await aws.call("iam", "list-users", "--page-size", "1")).toMatchObject({
      Users: [{ UserName: "jo" }],
    });
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    });
    const { Role } = await aws.call(
      ...["iam", "create-role", "--role-name", "reader", "--assume-role-policy-document", trust],
    );
    const { Arn } = Role as { Arn: string };
    expect(
      await aws.call("sts", "assume-role", "--role-arn", Arn, "--role-session-name", "cli"),
    ).toMatchObject({ AssumedRoleUser: { Arn: expect.stringMatching(/:assumed-role\/reader\/cli$/) } });
    expect(await aws.call("sts", "get-caller-identity")).toMatchObject({ Account: "000000000000" });
  });

  it("puts and queries items of DynamoDB", async () => {
    const table = ["--table-name", "orders"] as const;
    await aws.call(
      ...["dynamodb", "create-table", ...table, "--billing-mode", "PAY_PER_REQUEST"],
      ...["--attribute-definitions", "AttributeName=id,AttributeType=S"],
      ...["--key-schema", "AttributeName=id,KeyType=HASH"],
    );
    await aws.call("dynamodb", "wait", "table-exists", ...table);
    const item = { id: { S: "1" }, amount: { N: "12.5" }, photo: { B: "AAEC" } };
    await aws.call("dynamodb", "put-item", ...table, "--item", JSON.stringify(item));
    const key = ["--key", JSON.stringify({ id: { S: "1" } })] as const;
    expect(await aws.call("dynamodb", "get-item", ...table, ...key)).toEqual({ Item: item });
    const changed = await aws.call(
      ...["dynamodb", "update-item", ...table, ...key, "--update-expression", "SET amount = amount + :n"],
      ...["--expression-attribute-values", '{":n":{"N":"1"}}', "--return-values", "UPDATED_NEW"],
    );
    expect(changed).toEqual({ Attributes: { amount: { N: "13.5" } } });
    expect(await aws.call("dynamodb", "scan", ...table, "--page-size", "1")).toMatchObject({ Count: 1 });
  });
});
