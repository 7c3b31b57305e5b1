export type {
  Connector,
  ConnectorContext,
  Position,
  Sink,
  SinkBlock,
  SinkContext,
  SinkEncoding,
  Source,
  SourceBlock,
  SourceLimits,
  Split,
} from "./connector-port.ts";
export { createStreamingEngine, type ProgramCatalogs, type StreamingEngineParts } from "./engine.ts";
export * from "./engine-port.ts";
