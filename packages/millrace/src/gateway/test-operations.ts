import { assert } from "../core/assert.ts";
import { type Clock, ManualClock } from "../core/clock.ts";
import { ServiceError } from "../core/errors.ts";
import { type Logger, silentLogger } from "../core/logger.ts";
import type { Call } from "./call.ts";
import type { OperationEntry, OperationTable, Permission } from "./service.ts";

/** Who calls, and where, unless a test says otherwise. */
export const account = "000000000000";
export const region = "us-east-1";

/** The operations of an SDK's client, by AWS's names. */
export type OperationName<Client> = Capitalize<
  Exclude<keyof Client & string, "middlewareStack" | "config" | "destroy" | "send">
>;

/** The SDK's method of an operation says what the operation takes and answers. */
type Method<Client, Name extends string> =
  Uncapitalize<Name> extends keyof Client ? Client[Uncapitalize<Name>] : never;
type Types<Client, Name extends string> =
  Method<Client, Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;

export type InputOf<Client, Name extends string> = Types<Client, Name>["input"];
export type OutputOf<Client, Name extends string> = Types<Client, Name>["output"];

/**
 * One service without a gateway: its operations are called directly, on a clock that stands still. A service's
 * tests extend it with the service's state and with what they need to write in few words.
 */
export abstract class OperationRunner<Client, State> {
  readonly clock: ManualClock;
  /** Messages that were logged as warnings or errors. */
  readonly logged: string[] = [];
  readonly logger: Logger = notingLogger(this.logged);
  abstract readonly state: State;
  readonly #service: string;
  readonly #table: OperationTable<State>;

  constructor(service: string, table: OperationTable<State>, clock: ManualClock = new ManualClock()) {
    this.#service = service;
    this.#table = table;
    this.clock = clock;
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName<Client>>(
    name: Name,
    input: InputOf<Client, Name>,
    call: Partial<Call> = {},
  ): Promise<OutputOf<Client, Name>> {
    const output = await this.#entry(name).run(this.state, input, this.call(name, call));
    return output as OutputOf<Client, Name>;
  }

  /** The ARNs that the policy engine would be asked about. */
  resources<Name extends OperationName<Client>>(
    name: Name,
    input: InputOf<Client, Name>,
    call: Partial<Call> = {},
  ): readonly string[] {
    return this.#entry(name).resources(this.state, input, this.call(name, call));
  }

  /** All that the policy engine would be asked about. */
  permissions<Name extends OperationName<Client>>(
    name: Name,
    input: InputOf<Client, Name>,
    call: Partial<Call> = {},
  ): readonly Permission[] {
    const own = this.#entry(name).permissions?.(this.state, input, this.call(name, call));
    return own ?? [{ action: `${this.#service}:${name}`, resources: this.resources(name, input, call) }];
  }

  call(operation: string, changes: Partial<Call>): Call {
    return testCall({ service: this.#service, operation, clock: this.clock, log: this.logger }, changes);
  }

  #entry(name: string): OperationEntry<State, unknown> {
    const entry = this.#table[name];
    assert(entry !== undefined, `${this.#service} has no operation ${name}`);
    return entry;
  }
}

/** A call by the root of its account, with what a test cares about replaced. */
export function testCall(
  made: { readonly service: string; readonly operation: string; readonly clock: Clock; readonly log: Logger },
  changes: Partial<Call> = {},
): Call {
  const { clock, ...rest } = made;
  const owner = changes.account ?? account;
  return {
    ...rest,
    requestId: "00000000-0000-0000-0000-000000000000",
    account: owner,
    region,
    principal: { arn: `arn:aws:iam::${owner}:root`, account: owner, accessKeyId: "test", kind: "root" },
    receivedAt: clock.now(),
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A logger that adds the messages of warnings and errors to `logged`. */
export function notingLogger(logged: string[]): Logger {
  const note = (_fields: object, message: string): void => void logged.push(message);
  const logger: Logger = { ...silentLogger, warn: note, error: note, child: () => logger };
  return logger;
}

/** The error that a call was refused with; none is a failure of the test. */
export async function errorOf(answer: Promise<unknown>): Promise<ServiceError> {
  const outcome = await answer.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof ServiceError) return outcome;
  throw outcome instanceof Error ? outcome : new Error("the call was answered, not refused");
}

/** The code of the error that a call was refused with. */
export async function codeOf(answer: Promise<unknown>): Promise<string> {
  return (await errorOf(answer)).code;
}

/** Code and message of the error that a call was refused with, to compare with `toEqual`. */
export async function codeAndMessageOf(
  answer: Promise<unknown>,
): Promise<Pick<ServiceError, "code" | "message">> {
  const { code, message } = await errorOf(answer);
  return { code, message };
}

/** Code and message as one text, as a client prints them. */
export async function refusalOf(answer: Promise<unknown>): Promise<string> {
  const { code, message } = await errorOf(answer);
  return `${code}: ${message}`;
}
