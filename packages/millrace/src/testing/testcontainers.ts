import { createRequire } from "node:module";
import type { Readable } from "node:stream";
import { type AwsConfig, awsConfigOf, environmentOf } from "../embedding/index.ts";

const httpPort = 4_566;
const sqlPort = 5_439;
/** The first start makes a certificate and the root credential. */
const startupTimeoutMs = 60_000;
const keyLine = /AWS_ACCESS_KEY_ID=(\S+)\s+AWS_SECRET_ACCESS_KEY=(\S+)/;

/** What is used of the package `testcontainers`, which is the user's own. */
interface Testcontainers {
  readonly GenericContainer: new (image: string) => Container;
  readonly Wait: { forLogMessage(message: RegExp): unknown };
}

interface Container {
  withExposedPorts(...ports: number[]): Container;
  withEnvironment(environment: Record<string, string>): Container;
  withWaitStrategy(strategy: unknown): Container;
  withStartupTimeout(timeoutMs: number): Container;
  withLogConsumer(consumer: (log: Readable) => unknown): Container;
  start(): Promise<StartedContainer>;
}

interface StartedContainer {
  getHost(): string;
  getMappedPort(port: number): number;
  stop(): Promise<unknown>;
}

/**
 * Millrace in a container, by the package `testcontainers` of the project that uses it. Because a container's ports
 * can be reached from elsewhere, signatures are verified; the started container hands out the keys.
 *
 *   await using millrace = await new MillraceContainer("millrace:0.1.0").start();
 *   const kinesis = new KinesisClient(millrace.awsConfig());
 */
export class MillraceContainer {
  readonly #image: string;
  readonly #environment: Record<string, string> = {};

  /** @param image as built from the Dockerfile of Millrace */
  constructor(image: string) {
    this.#image = image;
  }

  /** The services to run; all when this is not called. */
  withServices(...services: readonly string[]): this {
    return this.withEnvironment({ MILLRACE_SERVICES: services.join(",") });
  }

  /** 12 digits. */
  withAccount(account: string): this {
    return this.withEnvironment({ MILLRACE_ACCOUNT: account });
  }

  /** Further settings: `MILLRACE_DURABILITY` and the like. */
  withEnvironment(environment: Readonly<Record<string, string>>): this {
    Object.assign(this.#environment, environment);
    return this;
  }

  async start(): Promise<StartedMillraceContainer> {
    const { GenericContainer, Wait } = loadTestcontainers();
    let printed = "";
    const container = await new GenericContainer(this.#image)
      .withExposedPorts(httpPort, sqlPort)
      .withEnvironment(this.#environment)
      .withWaitStrategy(Wait.forLogMessage(/Millrace is ready at/))
      .withStartupTimeout(startupTimeoutMs)
      .withLogConsumer((log) => {
        log.on("data", (text: Buffer | string) => {
          if (!keyLine.test(printed)) printed += text.toString();
        });
      })
      .start();
    const [, accessKeyId, secretAccessKey] = keyLine.exec(printed) ?? [];
    if (accessKeyId !== undefined && secretAccessKey !== undefined)
      return new StartedMillraceContainer(container, { accessKeyId, secretAccessKey });
    await container.stop();
    throw new Error(`The container of ${this.#image} has not said its root credential. It said: ${printed}`);
  }
}

/** A Millrace in a container that runs. */
export class StartedMillraceContainer implements AsyncDisposable {
  readonly #container: StartedContainer;
  readonly #credential: AwsConfig["credentials"];

  constructor(container: StartedContainer, credential: AwsConfig["credentials"]) {
    this.#container = container;
    this.#credential = credential;
  }

  /** `http://localhost:32768` */
  getUrl(): string {
    return `http://${this.#container.getHost()}:${this.#container.getMappedPort(httpPort)}`;
  }

  getHost(): string {
    return this.#container.getHost();
  }

  /** The port of all AWS APIs. */
  getPort(): number {
    return this.#container.getMappedPort(httpPort);
  }

  /** The port for SQL clients of Redshift. */
  getSqlPort(): number {
    return this.#container.getMappedPort(sqlPort);
  }

  /** Fits the constructor of every client of the AWS SDK. */
  awsConfig(options: { readonly region?: string } = {}): AwsConfig {
    return awsConfigOf(this.getUrl(), this.#credential, options);
  }

  /** The same as environment variables. */
  get env(): Readonly<Record<string, string>> {
    return environmentOf(this.awsConfig());
  }

  async stop(): Promise<void> {
    await this.#container.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/** Not an import: who does not use it need not have it. */
function loadTestcontainers(): Testcontainers {
  try {
    return createRequire(import.meta.url)("testcontainers") as Testcontainers;
  } catch (cause) {
    throw new Error(
      "MillraceContainer needs the package testcontainers: npm install --save-dev testcontainers",
      { cause },
    );
  }
}
