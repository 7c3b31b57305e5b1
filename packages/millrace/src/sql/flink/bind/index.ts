export { bindProgram } from "./bind-program.ts";
export type {
  BindOptions,
  BoundFunction,
  BoundProgram,
  ConnectorFacts,
  StatementOutcome,
} from "./bound-program.ts";
export type { ProgramSettings } from "./settings.ts";
