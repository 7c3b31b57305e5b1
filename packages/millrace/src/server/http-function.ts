import { messageOf } from "../core/errors.ts";
import { FunctionError } from "../core/functions-port.ts";

/** Of an answer; Lambda's own bound and room for JSON around it. */
const maxAnswerBytes = 7 * 1024 * 1024;

/**
 * A function behind an HTTP address that takes its payload with POST, as the Lambda runtime interface
 * emulator does at `/2015-03-31/functions/function/invocations`.
 */
export class HttpFunction {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async invoke(functionArn: string, payload: Buffer, signal: AbortSignal): Promise<Buffer> {
    let response: Response;
    let body: Buffer;
    try {
      const headers = { "content-type": "application/json", "x-amz-invoked-function-arn": functionArn };
      response = await fetch(this.#url, {
        method: "POST",
        body: new Uint8Array(payload),
        headers,
        redirect: "error",
        signal,
      });
      body = await readBody(response);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof FunctionError) throw cause;
      throw new FunctionError("unreachable", `${this.#url} cannot be reached: ${reasonOf(cause)}`, { cause });
    }
    const failure = failureOf(response, body);
    if (failure !== undefined) throw failure;
    return body;
  }
}

/** What `fetch` hides behind "fetch failed". */
function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return messageOf(cause ?? thrown);
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new FunctionError("failed", "The answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failureOf(response: Response, body: Buffer): FunctionError | undefined {
  const text = (): string => body.subarray(0, 1000).toString("utf8");
  if (response.status === 404) return new FunctionError("notFound", text());
  if (response.status === 429) return new FunctionError("throttled", text());
  if (!response.ok) return new FunctionError("failed", `HTTP status ${response.status}: ${text()}`);
  if (response.headers.has("x-amz-function-error") || isErrorDocument(body)) {
    return new FunctionError("failed", text());
  }
  return undefined;
}

/** The emulator answers what a handler threw with status 200: `{"errorMessage": ..., "errorType": ...}`. */
function isErrorDocument(body: Buffer): boolean {
  if (body.length > 100_000 || !body.includes('"errorMessage"')) return false;
  try {
    const document: unknown = JSON.parse(body.toString("utf8"));
    return (
      typeof document === "object" &&
      document !== null &&
      "errorMessage" in document &&
      "errorType" in document
    );
  } catch {
    return false;
  }
}
