import type { Copy } from "../../../sql/redshift/ast/copy.ts";
import { runCopy } from "../copy/run-copy.ts";
import type { StatementKind } from "./statement-context.ts";

export const copy: StatementKind<Copy> = Object.freeze({
  category: "utility",
  run: runCopy,
} satisfies StatementKind<Copy>);
