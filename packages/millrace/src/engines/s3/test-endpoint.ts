import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { BlobStore } from "../../kernels/objects/port.ts";
import { openS3Blobs } from "./index.ts";

/** A request as the endpoint sees it: `PutObject`, `UploadPart`, `GetObject`. */
export interface SeenRequest {
  readonly operation: string;
  readonly key: string;
}

/** `cut`: the connection breaks after so many bytes of the answer's body; done: the request was carried out. */
export type Fault =
  | { readonly kind: "refuse"; readonly status: number; readonly code: string }
  | { readonly kind: "cut"; readonly afterBytes: number }
  | { readonly kind: "lose answer" };

/** As much of an S3 endpoint as the store uses, in memory, with faults when asked. */
export class TestEndpoint implements AsyncDisposable {
  readonly objects: Map<string, Buffer> = new Map();
  readonly uploads: Map<string, Map<number, Buffer>> = new Map();
  readonly requests: SeenRequest[] = [];
  /** Asked once for each request; may hold it back. */
  fault: (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined> = () => undefined;
  /** Keys in one page of a listing. */
  pageKeys = 1000;
  hasBucket = true;
  readonly #server: Server;
  readonly #stores: BlobStore[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<TestEndpoint> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TestEndpoint(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  open(owner = "0123456789abcdef"): BlobStore {
    const store = openS3Blobs({
      name: "s3=bucket/p/",
      bucket: "bucket",
      prefix: "p/",
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      owner,
      clock: systemClock,
      log: silentLogger,
    });
    this.#stores.push(store);
    return store;
  }

  count(operation: string): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://endpoint");
    const key = decodeURIComponent(url.pathname.replace(/^\/bucket\/?/, ""));
    const seen = { operation: operationOf(request, url, key), key };
    this.requests.push(seen);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const fault = await this.fault(seen);
    if (fault?.kind === "refuse") return refuse(response, fault.status, fault.code);
    const answer = this.#perform(seen, url, request, Buffer.concat(chunks));
    if (fault?.kind === "lose answer") return void response.destroy();
    if ("code" in answer) return refuse(response, answer.status, answer.code);
    response.writeHead(answer.status ?? 200, {
      etag: '"e"',
      "content-length": answer.bytes?.length ?? answer.body.length,
    });
    if (fault?.kind !== "cut") return void response.end(answer.bytes === undefined ? answer.body : undefined);
    response.flushHeaders();
    response.write(answer.body.subarray(0, fault.afterBytes), () => response.destroy());
  }

  #perform({ operation, key }: SeenRequest, url: URL, request: IncomingMessage, body: Buffer): Answer {
    if (operation === "CreateBucket") {
      this.hasBucket = true;
      return xml("");
    }
    if (!this.hasBucket) return { status: 404, code: "NoSuchBucket" };
    if (operation.startsWith("List")) return this.#list(operation, url);
    if (operation === "GetObject" || operation === "HeadObject") return this.#read(operation, key, request);
    if (operation === "PutObject") this.objects.set(key, body);
    if (operation === "DeleteObject") this.objects.delete(key);
    if (operation === "CreateMultipartUpload") return this.#begin(key);
    return operation.includes("Part") || operation.includes("Upload")
      ? this.#upload(operation, key, url, request, body)
      : xml("");
  }

  #begin(key: string): Answer {
    this.uploads.set(`${key} ${this.uploads.size}`, new Map());
    return xml(`<R><UploadId>${this.uploads.size - 1}</UploadId></R>`);
  }

  #read(operation: string, key: string, request: IncomingMessage): Answer {
    const object = this.objects.get(key);
    if (object === undefined) return { status: 404, code: "NoSuchKey" };
    if (operation === "HeadObject") return { body: Buffer.alloc(0), bytes: object };
    const [, start = "0", end = "0"] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    if (Number(start) >= object.length) return { status: 416, code: "InvalidRange" };
    return { status: 206, body: object.subarray(Number(start), Number(end) + 1) };
  }

  #list(operation: string, url: URL): Answer {
    const prefix = url.searchParams.get("prefix") ?? "";
    if (operation === "ListMultipartUploads") {
      const open = [...this.uploads.keys()].filter((name) => name.startsWith(prefix));
      const rows = open.map((name) => name.split(" "));
      return xml(
        `<R>${rows.map(([key, id]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`).join("")}</R>`,
      );
    }
    const after = url.searchParams.get("continuation-token") ?? "";
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, this.pageKeys);
    const rows = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
    const next = `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>`;
    return xml(`<R><IsTruncated>${page.length < keys.length}</IsTruncated>${next}${rows}</R>`);
  }

  #upload(operation: string, key: string, url: URL, request: IncomingMessage, body: Buffer): Answer {
    const name = `${key} ${url.searchParams.get("uploadId")}`;
    const parts = this.uploads.get(name);
    if (parts === undefined) return { status: 404, code: "NoSuchUpload" };
    if (operation === "UploadPart") parts.set(Number(url.searchParams.get("partNumber")), body);
    if (operation === "UploadPartCopy") {
      const source = String(request.headers["x-amz-copy-source"]).replace(/^bucket\//, "");
      const object = this.objects.get(source);
      if (object === undefined) return { status: 404, code: "NoSuchKey" };
      const range = /bytes=(\d+)-(\d+)/.exec(String(request.headers["x-amz-copy-source-range"] ?? ""));
      const copied = range === null ? object : object.subarray(Number(range[1]), Number(range[2]) + 1);
      parts.set(Number(url.searchParams.get("partNumber")), copied);
      return xml('<CopyPartResult><ETag>"e"</ETag></CopyPartResult>');
    }
    if (operation === "UploadPart") return xml("");
    this.uploads.delete(name);
    if (operation !== "CompleteMultipartUpload") return xml("");
    const ordered = [...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
    if (ordered.slice(0, -1).some((bytes) => bytes.length < 5 * 1024 * 1024))
      return { status: 400, code: "EntityTooSmall" };
    this.objects.set(key, Buffer.concat(ordered));
    return xml('<R><ETag>"e"</ETag></R>');
  }
}

type Answer =
  | { readonly status?: number; readonly body: Buffer; readonly bytes?: Buffer }
  | { readonly status: number; readonly code: string };

function xml(text: string): Answer {
  return { body: Buffer.from(text) };
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function operationOf(request: IncomingMessage, url: URL, key: string): string {
  const { method = "" } = request;
  const has = (name: string): boolean => url.searchParams.has(name);
  if (key === "" && method === "PUT") return "CreateBucket";
  if (key === "") return has("uploads") ? "ListMultipartUploads" : "ListObjectsV2";
  if (method === "POST") return has("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
  if (has("uploadId") && method === "DELETE") return "AbortMultipartUpload";
  if (has("partNumber"))
    return request.headers["x-amz-copy-source"] === undefined ? "UploadPart" : "UploadPartCopy";
  const plain: Readonly<Record<string, string>> = { PUT: "Put", GET: "Get", HEAD: "Head", DELETE: "Delete" };
  return `${plain[method]}Object`;
}
