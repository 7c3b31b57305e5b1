import { type ServiceTarget, serviceTargets } from "../../server/service-targets.ts";
import { version } from "../../server/version.ts";
import { CommandError, usageError } from "../command-error.ts";
import { unreachable } from "../connection/admin-client.ts";
import type { Connection } from "../connection/connection.ts";
import { signedHeaders } from "../connection/signature.ts";

/** What a service answers instead of a result: `ResourceNotFoundException` and what it says. */
export class AwsCallError extends CommandError {
  readonly code: string;
  readonly status: number;

  constructor(operation: string, { code, message, status }: AwsFailure) {
    super(`${operation} answered ${code}: ${/[.!?]$/.test(message) ? message : `${message}.`}`);
    this.code = code;
    this.status = status;
  }
}

interface AwsFailure {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

export interface AwsCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls operations of any service as AWS JSON, signed. It is there beside the SDK because it knows every service
 * without a library for each, and starts in no time. Blobs are Base64, timestamps are seconds.
 */
export class AwsCaller {
  readonly connection: Connection;
  readonly #targets: ReadonlyMap<string, ServiceTarget> = serviceTargets();
  readonly #url: URL;
  readonly #userAgent: string;

  /** @param name of the program, by which Millrace shows it: `millrace-tail` */
  constructor(connection: Connection, name: string = "millrace") {
    this.connection = connection;
    this.#userAgent = `millrace/${version} app/${name}`;
    this.#url = new URL(connection.url);
  }

  /** The ids of the services that can be called. */
  get services(): readonly string[] {
    return [...this.#targets.keys()];
  }

  /**
   * `call("kinesis", "ListShards", { StreamName: "clicks" })`. `T` is what the caller knows of the answer.
   * @throws AwsCallError what the service answers; CommandError when nobody answers
   */
  async call<T = unknown>(
    service: string,
    operation: string,
    input: unknown,
    { signal }: AwsCallOptions = {},
  ): Promise<T> {
    const target = this.#targets.get(service);
    if (target === undefined)
      throw usageError(`There is no service ${service}. Millrace knows ${this.services.join(", ")}.`);
    const body = Buffer.from(JSON.stringify(input));
    const { signingName } = target;
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${target.targetPrefix}.${operation}`,
    };
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        ...signedHeaders(this.connection, { method: "POST", url: this.#url, body, headers, signingName }),
        "user-agent": this.#userAgent,
      },
      body,
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      throw signal?.aborted ? error : unreachable(this.connection, error);
    });
    const text = await response.text();
    if (!response.ok) throw new AwsCallError(operation, failureOf(response.status, text));
    return (text === "" ? {} : JSON.parse(text)) as T;
  }
}

const maxShownText = 300;

function failureOf(status: number, text: string): AwsFailure {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === "object" && answer !== null && "__type" in answer) {
      const message = "message" in answer ? answer.message : "Message" in answer ? answer.Message : undefined;
      const code = String(answer.__type).replace(/^.*#/, "");
      return { code, message: String(message ?? "no message"), status };
    }
  } catch {
    // Not JSON: shown as it is.
  }
  return { code: `HTTP ${status}`, message: text.slice(0, maxShownText) || "nothing", status };
}

/** Whether the service answered with one of these errors. */
export function isAwsError(error: unknown, ...codes: readonly string[]): error is AwsCallError {
  return error instanceof AwsCallError && codes.includes(error.code);
}
