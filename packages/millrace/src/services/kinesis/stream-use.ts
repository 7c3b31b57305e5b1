import type { RoleAccess, RoleUse } from "../../core/role-access.ts";
import { parseStreamArn } from "./arn.ts";
import type { StreamKeyUse } from "./dependencies.ts";
import type { Shard } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";

/** In whose name a stream is used. */
export interface StreamUser {
  /** Undefined: nobody asks for one, where callers are trusted. */
  readonly roleArn: string | undefined;
  /** `kinesisanalytics.amazonaws.com` */
  readonly service: string;
  /** What the stream is used for. */
  readonly sourceArn: string;
  /** Kinesis uses it itself, for a channel: then the role need not be allowed to. */
  readonly isKinesis?: true;
}

/** How a user's errors are made: `ResourceNotFound`, `AccessDenied`, `KMSAccessDeniedException`. */
export type UseRefusal = (code: string, message: string) => Error;

/** One stream in use by a service in the name of a role. It is found by its ARN each time. */
export class StreamUse {
  readonly #state: KinesisState;
  readonly #streamArn: string;
  readonly #user: StreamUser;
  readonly #roles: RoleAccess;
  readonly #refuse: UseRefusal;

  constructor(
    state: KinesisState,
    streamArn: string,
    {
      user,
      roles,
      refuse,
    }: { readonly user: StreamUser; readonly roles: RoleAccess; readonly refuse: UseRefusal },
  ) {
    this.#state = state;
    this.#streamArn = streamArn;
    this.#user = user;
    this.#roles = roles;
    this.#refuse = refuse;
  }

  find(): Stream | undefined {
    const { account, region, stream } = parseStreamArn(this.#streamArn);
    return this.#state.streams.get(account, region, stream);
  }

  /** @throws what `refuse` makes */
  stream(): Stream {
    const stream = this.find();
    if (stream !== undefined) return stream;
    const { account, stream: name } = parseStreamArn(this.#streamArn);
    throw this.#refuse("ResourceNotFound", `Stream ${name} under account ${account} not found.`);
  }

  /** @throws what `refuse` makes when the role may not do this to the stream */
  require(action: string): void {
    if (this.#user.isKinesis) return;
    this.#ask("AccessDenied", { action, resources: [this.#streamArn] });
  }

  /** Whether the role may use the stream's key, whoever reads or writes. @throws what `refuse` makes */
  requireKey(action: StreamKeyUse["action"]): void {
    const { arn, document } = this.stream();
    const { keyId, account, region } = document;
    if (keyId === undefined) return;
    const permission = this.#state.keys.permission({
      ...{ action, keyId, owner: { account, region } },
      caller: this.#user.roleArn?.split(":")[4] ?? account,
      context: { "aws:kinesis:arn": arn },
    });
    if (permission !== undefined) this.#ask("KMSAccessDeniedException", permission);
  }

  #ask(code: string, use: Pick<RoleUse, "action" | "resources" | "context">): void {
    const { roleArn = "", service, sourceArn } = this.#user;
    const refusal = this.#roles.refusal({ roleArn, service, sourceArn, ...use });
    if (refusal !== undefined) throw this.#refuse(code, refusal.message);
  }

  /** Follows the stream through reshards, deletion and creation. */
  onChange(listener: (shard?: string) => void): Disposable {
    const arn = this.#streamArn;
    const shards = new Map<Shard, Disposable>();
    const follow = (stream: Stream): void => {
      const current = new Set(stream.shards.values());
      for (const shard of current)
        if (!shards.has(shard))
          shards.set(
            shard,
            shard.log.onDurable(() => listener(shard.id)),
          );
      for (const [shard, subscription] of shards) {
        if (current.has(shard)) continue;
        subscription[Symbol.dispose]();
        shards.delete(shard);
      }
    };
    const existing = this.find();
    if (existing !== undefined) follow(existing);
    const watch = this.#state.streams.watch((stream) => {
      if (stream.arn !== arn) return;
      follow(stream);
      listener();
    });
    return {
      [Symbol.dispose]: () => {
        watch[Symbol.dispose]();
        for (const subscription of shards.values()) subscription[Symbol.dispose]();
        shards.clear();
      },
    };
  }
}
