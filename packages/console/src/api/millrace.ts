import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ActionLog } from "./action-log.ts";
import type { Session } from "./session.ts";

const apiPrefix = "/_millrace/";

/** An answer of Millrace's own API that is not a success. */
export class MillraceError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = code;
    this.status = status;
  }
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Millrace's own API beside AWS's, signed like those. */
export class MillraceApi {
  readonly #session: Session;
  readonly #origin: string;
  readonly #log: ActionLog;
  readonly #signer: SignatureV4;

  constructor(session: Session, origin: string, log: ActionLog) {
    this.#session = session;
    this.#origin = origin;
    this.#log = log;
    const { accessKeyId, secretAccessKey, sessionToken, region } = session;
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    this.#signer = new SignatureV4({ service: "millrace", region, credentials, sha256: Sha256 });
  }

  get<T>(path: string, options: CallOptions = {}): Promise<T> {
    return this.#json("GET", path, options);
  }

  post<T>(path: string, options: CallOptions = {}): Promise<T> {
    return this.#json("POST", path, options);
  }

  delete<T>(path: string, options: CallOptions = {}): Promise<T> {
    return this.#json("DELETE", path, options);
  }

  /** The answer as it is, for files. @throws MillraceError */
  async fetch(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const query = new URLSearchParams(
      Object.entries(options.query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, `${value}`]],
      ),
    );
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const target = query.size === 0 ? path : `${path}?${query}`;
    const done = this.#log.begin({ kind: "millrace", method, path: target, ...(body && { body }) });
    try {
      const response = await this.#send(method, path, query, body, options.signal);
      if (!response.ok) throw await errorOf(response);
      done(undefined);
      return response;
    } catch (error) {
      done(error instanceof Error ? error.name : "Error");
      throw error;
    }
  }

  /** Sends a file; what it says is not part of the signature, because it may be large. */
  async upload(method: string, path: string, file: Blob): Promise<Response> {
    const done = this.#log.begin({ kind: "millrace", method, path, body: "@file" });
    const response = await this.#send(method, path, new URLSearchParams(), file, undefined);
    done(response.ok ? undefined : `${response.status}`);
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  async #json<T>(method: string, path: string, options: CallOptions): Promise<T> {
    return (await this.fetch(method, path, options)).json() as Promise<T>;
  }

  async #send(
    method: string,
    path: string,
    query: URLSearchParams,
    body: string | Blob | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const { protocol, host, hostname } = new URL(this.#origin);
    const unsignedPayload = body instanceof Blob ? { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } : {};
    const signed = await this.#signer.sign({
      method,
      protocol,
      hostname,
      path: `${apiPrefix}${path}`,
      query: Object.fromEntries(query),
      headers: { host, "content-type": "application/json", ...unsignedPayload },
      ...(typeof body === "string" && { body }),
    });
    // A browser sends the host itself and lets nobody else.
    const { host: _host, ...headers } = signed.headers;
    const search = query.size === 0 ? "" : `?${query}`;
    return fetch(`${this.#origin}${apiPrefix}${path}${search}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
  }

  /** Whose calls these are. */
  get session(): Session {
    return this.#session;
  }
}

async function errorOf(response: Response): Promise<MillraceError> {
  const text = await response.text();
  try {
    const { message, code } = JSON.parse(text) as { readonly message?: string; readonly code?: string };
    return new MillraceError(response.status, code ?? `HTTP ${response.status}`, message ?? text);
  } catch {
    return new MillraceError(response.status, `HTTP ${response.status}`, text.slice(0, 500));
  }
}
