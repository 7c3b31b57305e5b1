import { systemClock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { MetricRegistry } from "../core/metrics.ts";
import { TrustingAuthenticator } from "./authenticate.ts";
import { Gateway } from "./gateway.ts";
import { Listener } from "./listen/listener.ts";
import { defaultListenerLimits } from "./listen/listener-limits.ts";
import { GatewayMeter } from "./meter.ts";
import { ModelLibrary } from "./model/model-library.ts";
import { createProtocols } from "./protocol/protocols.ts";
import { RequestLog } from "./request-log.ts";
import { Router } from "./route/router.ts";
import { bindOperations, type OperationTable, type Service } from "./service.ts";
import { ScopeReader } from "./sigv4/scope.ts";

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** A log that keeps its lines. */
function collectingLogger(lines: LogLine[]): Logger {
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message });
    };
  const logger: Logger = {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => logger,
  };
  return logger;
}

/** A service of a model with the given operations. */
function toyService(id: string, operations: OperationTable<undefined>): Service {
  return {
    id,
    ...bindOperations(undefined, operations),
    resourcePolicies: () => [],
    reset: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** A gateway with one toy service on a free port. */
export async function startGateway(
  operations: OperationTable<undefined>,
  id: string = "kinesis",
): Promise<{
  url: string;
  lines: LogLine[];
  metrics: () => string;
  requests: RequestLog;
  close: () => Promise<void>;
}> {
  const lines: LogLine[] = [];
  const log = collectingLogger(lines);
  const protocols = createProtocols();
  const registry = new MetricRegistry();
  const requests = new RequestLog();
  const gateway = new Gateway({
    router: new Router(new ModelLibrary(), protocols),
    services: new Map([[id, toyService(id, operations)]]),
    authenticator: new TrustingAuthenticator(new ScopeReader("000000000000")),
    authorizer: undefined,
    clock: systemClock,
    log,
    meter: new GatewayMeter(registry),
    requests,
    maxBodyBytes: 100_000,
    fallbackProtocol: protocols.awsJson1_1,
  });
  const listener = new Listener({
    host: "127.0.0.1",
    port: 0,
    tls: () => Promise.reject(new Error("no TLS in this test")),
    limits: defaultListenerLimits,
    log,
    onRequest: (exchange) => void gateway.serve(exchange),
  });
  const { port } = await listener.start();
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    metrics: () => registry.text(),
    requests,
    close: () => listener.close(0),
  };
}
