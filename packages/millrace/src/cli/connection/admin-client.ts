import { messageOf } from "../../core/errors.ts";
import { CommandError, exitCodes } from "../command-error.ts";
import type { Connection } from "./connection.ts";
import { signedHeaders } from "./signature.ts";

export interface AdminCall {
  readonly body?: Buffer | undefined;
  /** Instead of a body at hand. It is not part of the signature. */
  readonly stream?: ReadableStream<Uint8Array> | undefined;
  /** Bytes of the stream. */
  readonly length?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Millrace does not know the keys, or they may not do it. */
export class RefusedError extends CommandError {}

const maxShownBody = 300;

/** Calls Millrace's own paths, `/_millrace/...`, signed, and turns what goes wrong into one sentence. */
export class AdminClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `get("requests?after=4")` answers the JSON. @throws CommandError */
  get<T>(path: string, call: AdminCall = {}): Promise<T> {
    return this.#json<T>("GET", path, call);
  }

  /** @throws CommandError */
  post<T>(path: string, call: AdminCall = {}): Promise<T> {
    return this.#json<T>("POST", path, call);
  }

  /** An answer with status 2xx; its body is the caller's. @throws CommandError */
  async request(method: string, path: string, call: AdminCall = {}): Promise<Response> {
    const { signal } = call;
    const url = new URL(`${this.#connection.url}/_millrace/${path}`);
    let response: Response;
    try {
      response = await fetch(url, this.#requestOf(method, url, call));
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable(this.#connection, error);
    }
    if (response.ok) return response;
    throw await refused(this.#connection, response, `${method} /_millrace/${path}`);
  }

  #requestOf(method: string, url: URL, { body, stream, length, signal }: AdminCall): RequestInit {
    const bodyHash = stream === undefined ? undefined : "UNSIGNED-PAYLOAD";
    return {
      method,
      headers: {
        ...signedHeaders(this.#connection, { method, url, body, bodyHash }),
        ...(length === undefined ? {} : { "content-length": `${length}` }),
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      ...(stream === undefined ? {} : { body: stream, duplex: "half" as const }),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  async #json<T>(method: string, path: string, call: AdminCall): Promise<T> {
    const response = await this.request(method, path, call);
    try {
      return (await response.json()) as T;
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw new CommandError(
        `What answers at ${this.#connection.url} is no Millrace. Give its address with --url.`,
        exitCodes.unreachable,
        { cause: error },
      );
    }
  }
}

/** Nothing answers: exit code 3. */
export function unreachable({ url, source }: Connection, error: unknown): CommandError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const reason =
    cause instanceof Error && "code" in cause && typeof cause.code === "string"
      ? cause.code
      : messageOf(cause);
  return new CommandError(
    `Nothing answers at ${url} (${source}): ${reason}. Start Millrace with "millrace start", or say where it is with --url.`,
    exitCodes.unreachable,
    { cause: error },
  );
}

async function refused(connection: Connection, response: Response, call: string): Promise<CommandError> {
  const text = await response.text().catch(() => "");
  const said = messageIn(text);
  if (response.status === 401 || response.status === 403)
    return new RefusedError(
      `Millrace at ${connection.url} refuses ${call}: ${said} Use keys that may: --profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  if (response.status === 404)
    return new CommandError(
      `${connection.url} has no ${call}: ${said} Check that it is a Millrace of this version: "millrace status".`,
    );
  return new CommandError(`${call} failed with ${response.status}: ${said} "millrace logs" may tell more.`);
}

function messageIn(text: string): string {
  let message = text.trim().slice(0, maxShownBody);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "message" in parsed)
      message = String(parsed.message);
  } catch {
    // Not JSON: shown as it is.
  }
  return message === "" ? "no reason given." : /[.!?]$/.test(message) ? message : `${message}.`;
}
