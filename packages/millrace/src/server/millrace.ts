import { type Clock, systemClock } from "../core/clock.ts";
import { messageOf } from "../core/errors.ts";
import { MetricRegistry } from "../core/metrics.ts";
import type { NewCredential } from "../gateway/credentials/credential-store.ts";
import { Listener } from "../gateway/listen/listener.ts";
import { defaultListenerLimits } from "../gateway/listen/listener-limits.ts";
import { GatewayMeter } from "../gateway/meter.ts";
import { ModelLibrary } from "../gateway/model/model-library.ts";
import { createProtocols } from "../gateway/protocol/protocols.ts";
import { RequestLog } from "../gateway/request-log.ts";
import { Router } from "../gateway/route/router.ts";
import { BoundAddress } from "./bound-address.ts";
import { certificate } from "./certificate.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";
import { isConsole, serveConsole } from "./console-files.ts";
import { DataDirectory } from "./data-directory.ts";
import { InitScripts } from "./init/init-scripts.ts";
import { scriptEnvironment } from "./init/script-environment.ts";
import { Lifecycle } from "./lifecycle.ts";
import { type LogOutput, startLog } from "./log.ts";
import { addProcessMetrics } from "./process-metrics.ts";
import type { RunningContext } from "./running.ts";
import type { Snapshots } from "./snapshot/snapshots.ts";
import { version } from "./version.ts";

/** How long requests in flight may take when Millrace stops. */
const graceMs = 5_000;
/** PutRecords takes 10 MiB, which is 14 MiB in base64, and its keys. */
const maxBodyBytes = 32 * 1024 * 1024;

/** A running Millrace. */
export interface Millrace {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly port: number;
  /** Where SQL clients reach Redshift; undefined where it does not run. */
  readonly sql: { readonly host: string; readonly port: number } | undefined;
  /** The root credential when this start made it: shown once, it cannot be read back. */
  readonly firstCredential: NewCredential | undefined;
  /** The newest requests, for whoever runs Millrace and need not ask it. */
  readonly requests: RequestLog;
  /** Saves and loads all state. */
  readonly snapshots: Snapshots;
  /** Empties every service. */
  reset(): Promise<void>;
  /** Lets requests in flight finish, then releases everything. */
  close(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock | undefined;
  /** Takes the lines of the log, which go to standard error otherwise. */
  readonly logOutput?: LogOutput | undefined;
}

/** Starts Millrace as configured. @throws ConfigurationError when that is not possible. */
export async function startMillrace(
  configuration: Configuration,
  { clock = systemClock, logOutput }: StartOptions = {},
): Promise<Millrace> {
  const { log, lines: logLines } = startLog(configuration.logLevel, logOutput);
  const requests = new RequestLog();
  const feeds = [requests.feed, logLines.feed];
  const directory = new DataDirectory(configuration);
  const registry = new MetricRegistry();
  const startedMs = clock.now();
  addProcessMetrics(registry, startedMs);
  const address = new BoundAddress(configuration.host);
  let lifecycle: Lifecycle | undefined;
  let listener: Listener | undefined;
  const initScripts = new InitScripts({
    directory: configuration.init,
    ...{ log, clock: systemClock },
    environment: () => {
      const keys = lifecycle?.now.access.ownCredentials() ?? { accessKeyId: "test", secretKey: "test" };
      return scriptEnvironment(address.known(configuration.port), keys, directory.scratch("init"));
    },
  });
  try {
    await initScripts.run("BOOT");
    const opened = await Lifecycle.start({
      ...{ configuration, directory, clock, log, registry, address, version, startedMs },
      // Who waits at a connection waits in real time, whatever time it is for services.
      networkClock: systemClock,
      gateway: gatewayParts(registry),
      ...{ requests, logLines, initScripts },
    });
    lifecycle = opened;
    await initScripts.run("START");
    listener = new Listener({
      host: configuration.host,
      port: configuration.port,
      tls: () => certificate(directory, clock),
      limits: defaultListenerLimits,
      log,
      clock: systemClock,
      onRequest: (exchange) => {
        if (configuration.console && isConsole(exchange.head)) void serveConsole(exchange, log);
        else opened.serve(exchange);
      },
    });
    const port = await bind(listener, configuration, address);
    await opened.openSql();
    const millrace = new RunningMillrace({
      configuration,
      directory,
      address,
      lifecycle: opened,
      listener,
      port,
      ...{ feeds, requests, initScripts },
    });
    await initScripts.run("READY");
    return millrace;
  } catch (error) {
    await listener?.close(0);
    await lifecycle?.close();
    directory.close();
    throw error;
  }
}

interface MillraceParts {
  readonly configuration: Configuration;
  readonly directory: DataDirectory;
  readonly address: BoundAddress;
  readonly lifecycle: Lifecycle;
  readonly listener: Listener;
  readonly port: number;
  readonly feeds: readonly { close(): void }[];
  readonly requests: RequestLog;
  readonly initScripts: InitScripts;
}

class RunningMillrace implements Millrace {
  readonly url: string;
  readonly port: number;
  readonly sql: Millrace["sql"];
  readonly firstCredential: NewCredential | undefined;
  readonly #parts: MillraceParts;
  #closed: Promise<void> | undefined;

  constructor(parts: MillraceParts) {
    this.#parts = parts;
    const { host } = parts.configuration;
    this.url = `http://${host.includes(":") ? `[${host}]` : host}:${parts.port}`;
    this.port = parts.port;
    this.sql = parts.address.sql();
    this.firstCredential = parts.lifecycle.now.access.firstCredential;
  }

  get requests(): RequestLog {
    return this.#parts.requests;
  }

  get snapshots(): Snapshots {
    return this.#parts.lifecycle.snapshots;
  }

  reset(): Promise<void> {
    return this.#parts.lifecycle.reset();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { lifecycle, listener, directory, feeds, initScripts } = this.#parts;
    await initScripts.run("SHUTDOWN");
    // Who waits for news would keep the listener waiting.
    for (const feed of feeds) feed.close();
    await Promise.all([listener.close(graceMs), lifecycle.now.closeSql(graceMs)]);
    await lifecycle.close();
    directory.close();
  }
}

/** What gateways share that follow each other. */
function gatewayParts(registry: MetricRegistry): RunningContext["gateway"] {
  const protocols = createProtocols();
  return {
    router: new Router(new ModelLibrary(), protocols),
    meter: new GatewayMeter(registry),
    maxBodyBytes,
    fallbackProtocol: protocols.awsJson1_1,
  };
}

async function bind(
  listener: Listener,
  { host, port }: Configuration,
  address: BoundAddress,
): Promise<number> {
  const bound = await listener.start().catch((error: unknown) => {
    throw new ConfigurationError(`cannot listen on ${host} port ${port}: ${messageOf(error)}`);
  });
  address.bound(bound.port);
  return bound.port;
}
