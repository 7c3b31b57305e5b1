import type { Call } from "./call.ts";
import type { Headers } from "./http.ts";
import type { Permission } from "./permission.ts";

export type { Permission } from "./permission.ts";

/** An operation: pure AWS semantics, no HTTP. `State` is whatever the service was built with. */
export type Operation<State, Input, Output> = (
  state: State,
  input: Input,
  call: Call,
) => Promise<Output> | Output;

/** The ARNs that a call touches, for the policy engine. `["*"]` when the action has no resource. */
export type ResourcesOf<State, Input> = (state: State, input: Input, call: Call) => readonly string[];

/** What a call must be allowed to do, where that is not the one action that is called like the operation. */
export type PermissionsOf<State, Input> = (state: State, input: Input, call: Call) => readonly Permission[];

export interface OperationEntry<State, Input = never, Output = unknown> {
  readonly run: Operation<State, Input, Output>;
  /** The resources of the action `<signing name>:<operation>`. */
  readonly resources: ResourcesOf<State, Input>;
  /** Takes the place of `resources`. */
  readonly permissions?: PermissionsOf<State, Input>;
  /** The operation knows repetitions by their token itself, and answers them in its own words. */
  readonly ownsRepetitions?: true;
}

/** A service's operations by name. Each entry has its own input type; the model checks it at run time. */
// biome-ignore lint/suspicious/noExplicitAny: no other type holds entries of different inputs.
export type OperationTable<State> = Readonly<Record<string, OperationEntry<State, any, unknown>>>;

export type ProtocolName =
  | "awsJson1_0"
  | "awsJson1_1"
  | "awsCbor1_1"
  | "rpcv2Cbor"
  | "awsQuery"
  | "restJson1"
  | "restXml";

/** What a request from a page of another origin is about. */
export interface CrossOriginTarget {
  readonly bucket: string | undefined;
  /** "" for the bucket itself. */
  readonly key: string;
}

/** Tells browsers what pages of other origins may do (CORS). Only S3 has rules for that. */
export interface CrossOrigin {
  /** The answer's headers to an OPTIONS request. @throws ServiceError when the request must not be made. */
  preflight(target: CrossOriginTarget, headers: Headers): Readonly<Record<string, string>>;
  /** What is added to the answer of an actual request; undefined when a page may not see it. */
  headers(
    target: CrossOriginTarget,
    method: string,
    headers: Headers,
  ): Readonly<Record<string, string>> | undefined;
}

/** What a service plugs into the gateway. */
export interface Service {
  /** AWS service id and folder name. */
  readonly id: string;
  /** Runs an operation of the model; `undefined` when Millrace does not have it (501 `NotImplemented`). */
  operation(name: string): BoundOperation | undefined;
  /** Names of the operations that are there, sorted. */
  readonly operationNames: readonly string[];
  /** Resource policies (JSON text) attached to an ARN; they take part in each decision about it. */
  resourcePolicies(arn: string): readonly string[];
  readonly crossOrigin?: CrossOrigin;
  /** Forgets all resources and their data. */
  reset(): Promise<void>;
  /** Stops timers and flushes; no operation runs afterwards. */
  close(): Promise<void>;
}

export interface BoundOperation {
  run(input: unknown, call: Call): Promise<unknown> | unknown;
  resources(input: unknown, call: Call): readonly string[];
  /** Undefined where `resources` says it all. */
  permissions(input: unknown, call: Call): readonly Permission[] | undefined;
  /** False where the gateway answers a repeated token with what the first call did. */
  readonly ownsRepetitions: boolean;
}

/**
 * The SDK types a required member as `T | undefined` because a client may leave it out. The gateway has
 * checked that it is there, so operations see it as `T`.
 */
export type Input<T> = T extends Uint8Array | Date | string | number | boolean | bigint
  ? T
  : T extends readonly (infer Item)[]
    ? Input<Item>[]
    : T extends object
      ? {
          [K in keyof T]: undefined extends T[K]
            ? object extends Pick<T, K>
              ? Optional<T[K]>
              : Present<T[K]>
            : Present<T[K]>;
        }
      : T;

type Present<T> = Input<Exclude<T, undefined>>;
type Optional<T> = Input<Exclude<T, undefined>> | undefined;

/** Binds a service's operation table to its state; the table's entries keep their own input types. */
export function bindOperations<State>(
  state: State,
  table: OperationTable<State>,
): Pick<Service, "operation" | "operationNames"> {
  const bound = new Map<string, BoundOperation>();
  for (const [name, entry] of Object.entries(table)) {
    bound.set(name, {
      run: (input, call) => entry.run(state, input, call),
      resources: (input, call) => entry.resources(state, input, call),
      permissions: (input, call) => entry.permissions?.(state, input, call),
      ownsRepetitions: entry.ownsRepetitions ?? false,
    });
  }
  return { operation: (name) => bound.get(name), operationNames: [...bound.keys()].sort() };
}
