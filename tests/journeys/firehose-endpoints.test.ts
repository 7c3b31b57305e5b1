import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
  PutRecordBatchCommand,
} from "@aws-sdk/client-firehose";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeliveryStream, eventually, firehoseClient, objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const RoleARN = "arn:aws:iam::000000000000:role/firehose";
const lake = { RoleARN, BucketARN: "arn:aws:s3:::lake" };
const accessKey = "an-access-key-that-nobody-may-read";
const token = "a-token-that-nobody-may-read";

interface Taken {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The other side: an HTTP endpoint and a collector in one, which takes nothing while it is told so. */
class Endpoint {
  readonly taken: Taken[] = [];
  isBusy = false;
  refused = 0;
  readonly #server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const taken = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    };
    if (this.isBusy) {
      this.refused++;
      response.writeHead(503).end();
      return;
    }
    this.taken.push(taken);
    response.end(JSON.stringify(answerTo(taken)));
  });

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function answerTo({ path, body }: Taken): unknown {
  if (path.startsWith("/services/collector/ack")) return { acks: { "1": true } };
  if (path.startsWith("/services/collector/")) return { text: "Success", code: 0, ackId: 1 };
  return { requestId: JSON.parse(body).requestId, timestamp: 1 };
}

let endpoint: Endpoint;
let millrace: MillraceProcess;
let firehose: FirehoseClient;
let s3: S3Client;

beforeAll(async () => {
  endpoint = new Endpoint();
  await endpoint.listen();
  millrace = await MillraceProcess.start();
  firehose = firehoseClient(millrace.url);
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(async () => {
  firehose?.destroy();
  s3?.destroy();
  endpoint?.close();
  await millrace?.dispose();
});

async function put(DeliveryStreamName: string, from: number, count: number): Promise<void> {
  const Records = Array.from({ length: count }, (_, i) => ({ Data: Buffer.from(`record ${from + i}`) }));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
}

const expected = (count: number): string[] => Array.from({ length: count }, (_, i) => `record ${i}`).sort();

/** Records that the HTTP endpoint has taken. */
function recordsTaken(): Set<string> {
  const requests = endpoint.taken.filter(({ headers }) => "x-amz-firehose-request-id" in headers);
  const records = requests.flatMap(({ body }) => JSON.parse(body).records as { data: string }[]);
  return new Set(records.map(({ data }) => Buffer.from(data, "base64").toString()));
}

describe("Firehose's endpoints", () => {
  it("get every record, also over a kill while the endpoint takes nothing", async () => {
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "http",
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: `${endpoint.url}/in`, AccessKey: accessKey },
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        RetryOptions: { DurationInSeconds: 7200 },
        S3Configuration: { ...lake, Prefix: "http/" },
      },
    });
    await put("http", 0, 300);
    endpoint.isBusy = true;
    await put("http", 300, 300);
    await eventually(async () => endpoint.refused > 0);
    await millrace.kill();
    endpoint.isBusy = false;
    await millrace.start();
    await put("http", 600, 300);
    await eventually(async () => recordsTaken().size >= 900);
    expect([...recordsTaken()].sort()).toEqual(expected(900));
    expect(endpoint.taken[0]?.headers["x-amz-firehose-access-key"]).toBe(accessKey);
    expect(await objectsOf(s3, "lake", "http/")).toEqual([]);
  });

  it("leave in S3 what a collector takes neither at once nor later", async () => {
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "splunk",
      SplunkDestinationConfiguration: {
        HECEndpoint: endpoint.url,
        HECEndpointType: "Raw",
        HECToken: token,
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        RetryOptions: { DurationInSeconds: 0 },
        S3Configuration: { ...lake, Prefix: "splunk/" },
      },
    });
    await put("splunk", 0, 10);
    const sent = (): Taken[] =>
      endpoint.taken.filter(({ path }) => path.startsWith("/services/collector/raw"));
    const acknowledged = ({ path }: Taken): boolean => path.startsWith("/services/collector/ack");
    await eventually(async () => endpoint.taken.some(acknowledged));
    endpoint.isBusy = true;
    await put("splunk", 10, 10);
    await eventually(async () => (await objectsOf(s3, "lake", "splunk/")).length > 0);
    endpoint.isBusy = false;
    expect(sent()[0]?.headers.authorization).toBe(`Splunk ${token}`);
    const [object] = await objectsOf(s3, "lake", "splunk/");
    expect(object?.key).toMatch(/^splunk\/splunk-failed\//);
    const lines = String(object?.bytes).trimEnd().split("\n");
    const failed = lines.map((line) => Buffer.from(JSON.parse(line).rawData, "base64").toString());
    expect(failed.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `record ${10 + i}`));
  });

  it("keep their secrets from descriptions, from the disk and from the log", async () => {
    for (const DeliveryStreamName of ["http", "splunk"]) {
      const described = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
      expect(JSON.stringify(described)).not.toMatch(/nobody-may-read/);
    }
    // Whatever is written in the background is there after an ordered end.
    await millrace.terminate();
    const names = await readdir(millrace.dataFolder, { recursive: true, withFileTypes: true });
    const files = names
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const telling = [];
    for (const file of files) if ((await readFile(file)).includes("nobody-may-read")) telling.push(file);
    expect(files.length).toBeGreaterThan(3);
    expect(telling).toEqual([]);
    expect(`${millrace.stdout}${millrace.stderr}`).not.toContain("nobody-may-read");
    await millrace.start();
  });

  it.each([
    [
      {
        AmazonOpenSearchServerlessDestinationConfiguration: {
          RoleARN,
          IndexName: "i",
          CollectionEndpoint: "https://collection",
          S3Configuration: lake,
        },
      },
      "InvalidArgumentException",
      /Amazon OpenSearch Serverless destinations are not supported/,
    ],
    [
      {
        SplunkDestinationConfiguration: {
          HECEndpoint: "https://splunk",
          HECEndpointType: "Raw",
          HECToken: token,
          HECAcknowledgmentTimeoutInSeconds: 179,
          S3Configuration: lake,
        },
      },
      "ValidationException",
      /greater than or equal to 180/,
    ],
    [
      {
        HttpEndpointDestinationConfiguration: {
          EndpointConfiguration: { Url: "https://host" },
          BufferingHints: { SizeInMBs: 65, IntervalInSeconds: 60 },
          S3Configuration: lake,
        },
      },
      "ValidationException",
      /less than or equal to 64/,
    ],
  ] satisfies [Partial<CreateDeliveryStreamCommandInput>, string, RegExp][])(
    "are refused as AWS does: %o",
    async (destination, name, message) => {
      const command = new CreateDeliveryStreamCommand({ DeliveryStreamName: "refused", ...destination });
      const refusal = firehose.send(command);
      await expect(refusal).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    },
  );
});
