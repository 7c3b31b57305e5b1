export { bindProgram } from "./bind-program.ts";
export type {
  BoundFunction,
  BoundProgram,
} from "./bound-program.ts";
