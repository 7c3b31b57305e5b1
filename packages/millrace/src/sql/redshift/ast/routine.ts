import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Expression } from "./expression.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { IamRole } from "./schema.ts";
import type { Setting } from "./transaction.ts";

/** `f(int, varchar)`; the types are undefined where no brackets were written. */
export interface RoutineSignature {
  readonly name: QualifiedName;
  readonly argumentTypes: readonly SqlType[] | undefined;
  readonly span: Span;
}

export interface RoutineParameter {
  readonly mode: "in" | "out" | "inout";
  readonly name: Identifier | undefined;
  /** `refcursor` and the polymorphic types of procedures and Python functions have no SqlType; then it is their name. */
  readonly type: SqlType | "refcursor" | "anyelement";
  readonly span: Span;
}

export interface CreateFunction {
  readonly kind: "create-function";
  readonly orReplace: boolean;
  readonly name: QualifiedName;
  readonly parameters: readonly RoutineParameter[];
  readonly returnType: RoutineParameter["type"];
  readonly volatility: "volatile" | "stable" | "immutable";
  readonly implementation:
    | { readonly language: "sql"; readonly body: string; readonly bodySpan: Span }
    | { readonly language: "plpythonu"; readonly body: string; readonly bodySpan: Span }
    /** CREATE EXTERNAL FUNCTION */
    | {
        readonly language: "lambda";
        readonly functionName: string;
        readonly iamRole: IamRole;
        readonly retryTimeoutMs: number | undefined;
        readonly maxBatchRows: number | undefined;
        readonly maxBatchSizeBytes: number | undefined;
      };
  readonly span: Span;
}

export interface CreateProcedure {
  readonly kind: "create-procedure";
  readonly orReplace: boolean;
  readonly name: QualifiedName;
  readonly parameters: readonly RoutineParameter[];
  readonly nonAtomic: boolean;
  readonly body: string;
  readonly bodySpan: Span;
  readonly securityDefiner: boolean;
  /** SET configuration TO value, for the run of the procedure. */
  readonly settings: readonly Setting[];
  readonly span: Span;
}

export interface AlterRoutine {
  readonly kind: "alter-routine";
  readonly routine: "function" | "procedure";
  readonly signature: RoutineSignature;
  readonly action:
    | { readonly kind: "rename"; readonly newName: Identifier }
    | { readonly kind: "owner"; readonly owner: Identifier };
  readonly span: Span;
}

export interface CallProcedure {
  readonly kind: "call-procedure";
  readonly name: QualifiedName;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}
