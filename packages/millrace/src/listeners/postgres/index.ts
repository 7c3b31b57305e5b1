export { defaultPostgresLimits, type PostgresLimits } from "./limits.ts";
export { PostgresListener } from "./listener.ts";
