export { defaultPostgresLimits, type PostgresLimits } from "./limits.ts";
export { PostgresListener, type PostgresListenerOptions } from "./listener.ts";
