import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually, objectsOf } from "../../fixtures/firehose-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";
import { AwsCli } from "./aws-cli.ts";

let millrace: MillraceProcess;
let aws: AwsCli;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  aws = await AwsCli.of(millrace);
});
afterAll(() => millrace.dispose());

it("the AWS CLI creates a delivery stream, puts records, changes and deletes it", async () => {
  const s3 = s3Client(millrace.url);
  await aws.text("s3", "mb", "s3://cli");
  const name = ["--delivery-stream-name", "cli"] as const;
  const destination = [
    "RoleARN=arn:aws:iam::000000000000:role/firehose",
    "BucketARN=arn:aws:s3:::cli",
    "Prefix=in/",
    // This CLI knows no shorter interval; an update of the destination does not wait for it.
    "BufferingHints={SizeInMBs=1,IntervalInSeconds=60}",
  ].join(",");
  const created = await aws.call(
    ...["firehose", "create-delivery-stream", ...name, "--tags", "Key=team,Value=data"],
    ...["--extended-s3-destination-configuration", destination],
  );
  expect(created).toEqual({
    DeliveryStreamARN: "arn:aws:firehose:us-east-1:000000000000:deliverystream/cli",
  });
  const describe = async (): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await aws.call("firehose", "describe-delivery-stream", ...name);
    return answer["DeliveryStreamDescription"] as Readonly<Record<string, unknown>>;
  };
  await eventually(async () => (await describe())["DeliveryStreamStatus"] === "ACTIVE");
  const Data = Buffer.from("hello,ü\n").toString("base64");
  expect(await aws.call("firehose", "put-record", ...name, "--record", `Data=${Data}`)).toMatchObject({
    Encrypted: false,
  });
  // Its shorthand takes records of one member for their values alone.
  const records = ["--records", JSON.stringify([{ Data }, { Data }])] as const;
  expect(await aws.call("firehose", "put-record-batch", ...name, ...records)).toMatchObject({
    FailedPutCount: 0,
  });
  const text = async (prefix: string): Promise<string> =>
    (await objectsOf(s3, "cli", prefix)).map(({ bytes }) => bytes.toString()).join("");
  const update = (version: string, prefix: string): Promise<unknown> =>
    aws.call(
      ...["firehose", "update-destination", ...name, "--current-delivery-stream-version-id", version],
      ...["--destination-id", "destinationId-000000000001"],
      ...["--extended-s3-destination-update", `Prefix=${prefix}`],
    );
  await update("1", "out/");
  expect(await describe()).toMatchObject({ VersionId: "2" });
  await eventually(async () => (await text("in/")) !== "");
  expect(await text("in/")).toBe("hello,ü\n".repeat(3));
  await aws.call("firehose", "put-record", ...name, "--record", `Data=${Data}`);
  await update("2", "end/");
  await eventually(async () => (await text("out/")) === "hello,ü\n");
  expect(await aws.call("firehose", "list-tags-for-delivery-stream", ...name)).toEqual({
    Tags: [{ Key: "team", Value: "data" }],
    HasMoreTags: false,
  });
  const again = await aws.run(
    ...[
      "firehose",
      "create-delivery-stream",
      ...name,
      "--extended-s3-destination-configuration",
      destination,
    ],
  );
  expect(again.exitCode).toBe(254);
  expect(again.stderr).toContain("(ResourceInUseException) when calling the CreateDeliveryStream operation");
  await aws.call("firehose", "delete-delivery-stream", ...name);
  await eventually(async () => {
    const { DeliveryStreamNames } = await aws.call("firehose", "list-delivery-streams");
    return Array.isArray(DeliveryStreamNames) && DeliveryStreamNames.length === 0;
  });
  s3.destroy();
});
