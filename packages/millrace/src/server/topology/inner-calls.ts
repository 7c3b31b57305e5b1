import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Call } from "../../gateway/call.ts";
import type { ServiceTable } from "../service-table.ts";

/** An account in a region. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

export interface InnerCallParts {
  readonly services: Pick<ServiceTable, "running">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Asks services that run, by their own operations, as the root of an account; wakes none. */
export class InnerCalls {
  readonly #parts: InnerCallParts;
  readonly #never = new AbortController().signal;

  constructor(parts: InnerCallParts) {
    this.#parts = parts;
  }

  /** Undefined where the service does not run. @throws ServiceError */
  async ask<Output>(
    service: string,
    operation: string,
    input: object,
    owner: Owner,
  ): Promise<Output | undefined> {
    const bound = this.#parts.services.running(service)?.operation(operation);
    if (bound === undefined) return undefined;
    return (await bound.run(input, this.#call(service, operation, owner))) as Output;
  }

  #call(service: string, operation: string, { account, region }: Owner): Call {
    const { clock, log } = this.#parts;
    const arn = `arn:aws:iam::${account}:root`;
    return {
      ...{ requestId: "inner", service, operation, account, region, log },
      principal: { arn, account, accessKeyId: account, kind: "root" },
      receivedAt: clock.now(),
      signal: this.#never,
    };
  }
}
