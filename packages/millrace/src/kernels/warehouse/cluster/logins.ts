import type { Clock } from "../../../core/clock.ts";
import type { Store } from "../../../core/store.ts";
import type { LoginSecret } from "../cluster-port.ts";
import type { UserRecord } from "../leader-records.ts";
import type { TemporaryLogin } from "../warehouse-port.ts";
import { collections, type LoginDocument } from "./cluster-documents.ts";
import type { Leader } from "./leader.ts";
import { loginSecretOf, temporaryVerifiers } from "./passwords.ts";

/** Temporary logins that are kept of one cluster; those that expired go first. */
const maxTemporaryLogins = 10_000;

/** Who may log in to a cluster: its users, and for a while those that GetClusterCredentials made. */
export class Logins {
  readonly #store: Store;
  readonly #clusterId: string;
  readonly #clock: Clock;
  readonly #leader: Leader;
  readonly #temporary: Map<string, LoginDocument>;

  constructor(store: Store, clusterId: string, clock: Clock, leader: Leader) {
    this.#store = store;
    this.#clusterId = clusterId;
    this.#clock = clock;
    this.#leader = leader;
    this.#temporary = new Map(
      store
        .all<LoginDocument>(collections.logins)
        .filter(([key]) => key.startsWith(`${clusterId}/`))
        .map(([, login]) => [login.login, login]),
    );
  }

  /** @param trusting whether this user may come in with any password */
  secret(name: string, trusting: (user: string) => boolean): LoginSecret | undefined {
    const temporary = this.temporary(name);
    if (temporary !== undefined) return loginSecretOf(temporary.verifiers);
    const user = this.#leader.snapshot.user(name);
    if (user === undefined) return undefined;
    if (user.validUntilMs !== undefined && user.validUntilMs <= this.#clock.now()) return { kind: "none" };
    if (trusting(name)) return { kind: "any" };
    return loginSecretOf(user.verifiers);
  }

  /** The login of this name that has not expired. */
  temporary(name: string): LoginDocument | undefined {
    const login = this.#temporary.get(name);
    return login !== undefined && login.expiresAtMs > this.#clock.now() ? login : undefined;
  }

  async add({ password, ...login }: TemporaryLogin): Promise<void> {
    const user = login.databaseUser ?? login.user.replace(/^IAMA?:/, "");
    const document: LoginDocument = {
      login: login.user,
      user,
      verifiers: temporaryVerifiers(login.user, password),
      expiresAtMs: login.expiresAtMs,
      createUser: login.createUser,
      groups: login.groups,
      database: login.database,
    };
    const gone = this.#expired();
    await this.#store.commit([
      ...gone.map((name) => ({ collection: collections.logins, key: this.#key(name) })),
      { collection: collections.logins, key: this.#key(login.user), put: document },
    ]);
    for (const name of gone) this.#temporary.delete(name);
    this.#temporary.set(login.user, document);
  }

  /** The user of a login, made when the login says so. */
  async user(name: string): Promise<UserRecord | undefined> {
    const login = this.temporary(name);
    if (login === undefined) return this.#leader.snapshot.user(name);
    const known = this.#leader.snapshot.user(login.user);
    if (known !== undefined || !login.createUser) return known;
    const id = await this.#leader.allocateOid();
    const user = newUser(id, login.user);
    await this.#leader.commit([{ table: "users", id, put: user }]);
    return user;
  }

  removal(): readonly { readonly collection: string; readonly key: string }[] {
    return [...this.#temporary.keys()].map((name) => ({
      collection: collections.logins,
      key: this.#key(name),
    }));
  }

  #expired(): readonly string[] {
    const nowMs = this.#clock.now();
    const all = [...this.#temporary.values()].sort((a, b) => a.expiresAtMs - b.expiresAtMs);
    const surplus = Math.max(0, all.length + 1 - maxTemporaryLogins);
    return all
      .filter(({ expiresAtMs }, index) => expiresAtMs <= nowMs || index < surplus)
      .map(({ login }) => login);
  }

  #key(name: string): string {
    return `${this.#clusterId}/${name}`;
  }
}

/** A user with nothing but a name. */
export function newUser(id: number, name: string): UserRecord {
  return {
    id,
    name,
    verifiers: undefined,
    superuser: false,
    createDatabase: false,
    createUser: false,
    validUntilMs: undefined,
    connectionLimit: -1,
    sessionTimeoutSeconds: undefined,
    syslogAccess: "restricted",
    settings: {},
    roleIds: [],
    externalId: undefined,
  };
}
