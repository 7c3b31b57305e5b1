import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { DuckDBInstance } from "@duckdb/node-api";
import { type Clock, systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type {
  ClusterDirectory,
  LoginSecret,
  SessionRequest,
  SqlCluster,
} from "../../kernels/warehouse/cluster-port.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { SqlError, type SqlType } from "../../kernels/warehouse/values/index.ts";
import { defaultPostgresLimits, type PostgresLimits, PostgresListener } from "./index.ts";
import { saltedHash } from "./login/passwords.ts";
import { TestSession } from "./test-session.ts";

/** A cluster of one in-memory DuckDB, where each test says who may log in. */
export class TestCluster implements SqlCluster, ClusterDirectory {
  readonly identifier = "test";
  readonly sessions: TestSession[] = [];
  readonly logins: { user: string; succeeded: boolean }[] = [];
  readonly requests: SessionRequest[] = [];
  readonly secrets: Map<string, LoginSecret> = new Map();
  readonly types: Map<string, SqlType> = new Map();
  refused: string | undefined;
  admitted = true;
  readonly #instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
    this.secrets.set("awsuser", { kind: "any" });
  }

  static async open(): Promise<TestCluster> {
    return new TestCluster(await DuckDBInstance.create(":memory:", { threads: "1" }));
  }

  async find(request: { readonly cluster: string | undefined }): Promise<SqlCluster> {
    if (request.cluster !== undefined && request.cluster !== this.identifier)
      throw new SqlError("3D000", `cluster "${request.cluster}" does not exist`);
    return this;
  }

  refusal(): string | undefined {
    return this.refused;
  }

  admits(): boolean {
    return this.admitted;
  }

  async loginSecret(user: string): Promise<LoginSecret | undefined> {
    return this.secrets.get(user);
  }

  async openSession(request: SessionRequest): Promise<SqlSession> {
    this.requests.push(request);
    if (request.database === "missing") throw new SqlError("3D000", 'database "missing" does not exist');
    if (request.applicationName === "noted")
      request.events.notice({ severity: "WARNING", sqlState: "01000", message: "early" });
    const processId = this.sessions.length + 1;
    const session = new TestSession({
      connection: await this.#instance.connect(),
      processId,
      secretKey: -7_000 - processId,
      database: request.database,
      user: request.user,
      settings: request.settings,
      events: request.events,
      types: this.types,
    });
    this.sessions.push(session);
    return session;
  }

  cancel(processId: number, secretKey: number): void {
    for (const session of this.sessions)
      if (session.processId === processId && session.secretKey === secretKey) session.cancel();
  }

  noteLogin(event: { readonly user: string; readonly succeeded: boolean }): void {
    this.logins.push({ user: event.user, succeeded: event.succeeded });
  }

  close(): void {
    this.#instance.closeSync();
  }

  /** A listener before this cluster, on any free port of the loopback interface. */
  async listen(
    options: {
      readonly limits?: Partial<PostgresLimits>;
      readonly clock?: Clock;
      readonly tls?: TestTls;
    } = {},
  ): Promise<{ readonly listener: PostgresListener; readonly port: number }> {
    const listener = new PostgresListener({
      directory: this,
      host: "127.0.0.1",
      port: 0,
      tls: () => {
        if (options.tls === undefined) throw new Error("no certificate");
        return options.tls;
      },
      clock: options.clock ?? systemClock,
      log: silentLogger,
      limits: { ...defaultPostgresLimits, ...options.limits },
    });
    return { listener, port: (await listener.start()).port };
  }
}

interface TestTls {
  readonly key: string;
  readonly cert: string;
}

export type SecretKind = "md5" | "digest" | "scram";

/** What a cluster keeps of a password, in the given forms. */
export function secretOf(user: string, password: string, kinds: readonly SecretKind[]): LoginSecret {
  const digest = { hash: saltedHash(Buffer.from(password), "pepper").toString("hex"), salt: "pepper" };
  return {
    kind: "password",
    md5: kinds.includes("md5")
      ? createHash("md5")
          .update(password + user)
          .digest("hex")
      : undefined,
    digest: kinds.includes("digest") ? digest : undefined,
    scram: kinds.includes("scram") ? scramOf(password) : undefined,
  };
}

function scramOf(password: string): Extract<LoginSecret, { kind: "password" }>["scram"] {
  const salt = Buffer.from("0123456789abcdef");
  const iterations = 4_096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest();
  const serverKey = createHmac("sha256", salted).update("Server Key").digest();
  return { salt, iterations, storedKey, serverKey };
}
