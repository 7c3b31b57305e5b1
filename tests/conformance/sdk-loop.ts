import { Readable } from "node:stream";
import { ServiceError } from "../../packages/millrace/src/core/errors.ts";
import type { HttpRequest, HttpResponse } from "../../packages/millrace/src/gateway/http.ts";
import type { Route } from "../../packages/millrace/src/gateway/route/route.ts";
import type { Router } from "../../packages/millrace/src/gateway/route/router.ts";

/** What an SDK client hands to its request handler. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly body?: string | Uint8Array | Readable;
}

/** The part of a client package that the tests use; the packages themselves are loaded by name. */
export interface SdkClient {
  send(command: object): Promise<Readonly<Record<string, unknown>>>;
}

/** What one call looked like from our side. */
export interface Seen {
  readonly route: Route;
  readonly input: unknown;
}

/**
 * A request handler for an SDK client that answers from our router and protocols, without a socket. What
 * it saw is in `seen`; what `answer` returns or throws goes back to the client.
 */
export class SdkLoop {
  seen: Seen | undefined;
  answer: () => unknown = () => ({});
  readonly #router: Router;

  constructor(router: Router) {
    this.#router = router;
  }

  /** The options that make any client talk to this loop. */
  get clientOptions(): object {
    return {
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
      endpoint: "http://127.0.0.1:4566",
      maxAttempts: 1,
      requestHandler: { handle: async (request: SdkRequest) => ({ response: await this.#handle(request) }) },
      // S3's own additions would change what is sent; they are tested with S3 itself.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      forcePathStyle: true,
      logger: silent,
    };
  }

  async #handle(sdk: SdkRequest): Promise<object> {
    this.seen = undefined;
    const request = await toHttpRequest(sdk);
    const route = this.#router.route(request);
    const response = this.#respond(route, request);
    return {
      statusCode: response.status,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: toReadable(response.body),
    };
  }

  #respond(route: Route, request: HttpRequest): HttpResponse {
    const { protocol, model, operationModel } = route;
    try {
      this.seen = { route, input: protocol.readInput(model, operationModel, request) };
      return protocol.writeOutput(model, operationModel, this.answer(), "00000000-request");
    } catch (thrown) {
      if (!(thrown instanceof ServiceError)) throw thrown;
      return protocol.writeError(model, operationModel, thrown, "00000000-request");
    }
  }
}

const ignore = (): void => {};
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

async function toHttpRequest(sdk: SdkRequest): Promise<HttpRequest> {
  const query = Object.entries(sdk.query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((item) => queryPart(name, item as string | null)),
  );
  const search = query.join("&");
  const headers = Object.fromEntries(
    Object.entries(sdk.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    method: sdk.method,
    target: search === "" ? sdk.path : `${sdk.path}?${search}`,
    path: sdk.path,
    query: search,
    headers: { host: sdk.hostname, ...headers },
    body: await collect(sdk.body),
    httpVersion: "1.1",
    secure: false,
  };
}

function queryPart(name: string, value: string | null): string {
  return value === null
    ? encodeURIComponent(name)
    : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

async function collect(body: SdkRequest["body"]): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body);
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function toReadable(body: HttpResponse["body"]): Readable {
  if (typeof body === "string") return Readable.from([Buffer.from(body)]);
  if (body instanceof Uint8Array) return Readable.from(body.length === 0 ? [] : [body]);
  return Readable.from(body);
}
