import type { Identifier, Option, QualifiedName } from "../ast/name.ts";
import type { Expression, Query, SortItem } from "../ast/tree.ts";
import { isReserved } from "../parser/keywords.ts";

/** What the writers of parts need of each other. */
export interface TextWriter {
  /** In brackets when it binds more loosely than `binding`. */
  expression(expression: Expression, binding?: number): string;
  query(query: Query): string;
  sortItems(items: readonly SortItem[]): string;
}

/** A text as a literal. */
export const literalText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name, in backquotes where it needs them. */
export const nameText = ({ name, quoted }: Identifier): string =>
  quoted || !PLAIN_NAME.test(name) || isReserved(name.toLowerCase(), false) ? quotedName(name) : name;

/** A name in backquotes. */
export const quotedName = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

export const pathText = ({ parts }: QualifiedName): string => parts.map(nameText).join(".");

/** ` (a, b)`, or nothing. */
export const columnsText = (columns: readonly Identifier[]): string =>
  columns.length === 0 ? "" : ` (${columns.map(nameText).join(", ")})`;

export const optionText = ({ key, value }: Option): string => `${literalText(key)} = ${literalText(value)}`;

export const joined = (parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => part !== "" && part !== undefined && part !== false).join(" ");
