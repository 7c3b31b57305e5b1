export {
  type Calc,
  type CompileContext,
  type CompiledCalc,
  type CompiledJoinCondition,
  type CompiledPredicate,
  compileCalc,
  compileColumn,
  compileJoinCondition,
  compilePredicate,
  compileValue,
  type Selection,
} from "./compile.ts";
