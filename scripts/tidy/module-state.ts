import { type Expression, type Node, type TSSignature, type TSType, Visitor } from "oxc-parser";
import { isShipped } from "./areas.ts";
import { resolveImport } from "./imports.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "module-state";
const readonlyTypes: readonly string[] = ["Readonly", "ReadonlyMap", "ReadonlySet", "ReadonlyArray"];
const mutableClasses: readonly string[] = ["Map", "Set", "WeakMap", "WeakSet", "Array"];
const mutableMakers: readonly string[] = [
  "Object.fromEntries",
  "Object.assign",
  "Array.from",
  "Array.of",
  "Object.create",
];

/** No variables and no mutable collections at module level: two Millraces run in one process. */
export function moduleState(tree: Tree): readonly Finding[] {
  return tree.code.filter((file) => isShipped(file.path)).flatMap((file) => checkFile(tree, file));
}

function checkFile(tree: Tree, file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (node: Node, message: string): void => {
    findings.push({ path: file.path, line: file.lineAt(node.start), rule, message });
  };
  const known = [...readonlyTypes, ...readonlyTypesOf(file), ...importedReadonlyTypes(tree, file)];
  for (const statement of file.syntax.program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.declare) continue;
    if (declaration.kind === "let" || declaration.kind === "var") {
      add(
        declaration,
        "a variable at module level is shared by all Millraces in the process: keep it in an object that server/ constructs",
      );
      continue;
    }
    for (const { id, init } of declaration.declarations) {
      const type = id.type === "Identifier" ? id.typeAnnotation?.typeAnnotation : undefined;
      if (init !== null && !isConstant(init, type, known)) add(id, advice);
    }
  }
  new Visitor({
    PropertyDefinition(node) {
      if (!node.static || node.declare) return;
      const constant =
        node.value !== null && isConstant(node.value, node.typeAnnotation?.typeAnnotation, known);
      if (!node.readonly || !constant)
        add(
          node,
          "a static field is shared by all Millraces in the process: make it an instance field, or readonly and immutable",
        );
    },
  }).visit(file.syntax.program);
  return findings;
}

const advice =
  "a mutable collection at module level: type it ReadonlyMap, ReadonlySet, readonly T[] or Readonly<...>, write `as const`, or keep it in an object that server/ constructs";

function isConstant(init: Expression, type: TSType | null | undefined, known: readonly string[]): boolean {
  if (type !== null && type !== undefined && isReadonlyType(type, known)) return true;
  switch (init.type) {
    case "ObjectExpression":
    case "ArrayExpression":
      return false;
    case "NewExpression":
      return !(init.callee.type === "Identifier" && mutableClasses.includes(init.callee.name));
    case "CallExpression":
      return isConstantCall(init.callee, init.arguments[0]);
    case "TSAsExpression":
      return isReadonlyType(init.typeAnnotation, known) || isConstant(init.expression, undefined, known);
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return isConstant(init.expression, undefined, known);
    default:
      return true;
  }
}

/** `Object.freeze` of a literal is constant; of a Map it is not, for a frozen Map still takes entries. */
function isConstantCall(callee: Expression, argument: Node | undefined): boolean {
  const name = nameOf(callee);
  if (name !== "Object.freeze") return !mutableMakers.includes(name);
  return argument?.type !== "NewExpression";
}

function nameOf(callee: Expression): string {
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return "";
  return callee.property.type === "Identifier" ? `${callee.object.name}.${callee.property.name}` : "";
}

function isReadonlyType(type: TSType, known: readonly string[]): boolean {
  if (type.type === "TSTypeOperator") return type.operator === "readonly";
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  return type.typeName.name === "const" || known.includes(type.typeName.name);
}

/** The file's own types that cannot be written to: aliases of readonly types, interfaces of readonly members. */
function readonlyTypesOf(file: TreeFile): readonly string[] {
  const names: string[] = [];
  for (const statement of file.syntax.program.body) {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type === "TSTypeAliasDeclaration" && isReadonlyType(node.typeAnnotation, readonlyTypes))
      names.push(node.id.name);
    if (node?.type === "TSInterfaceDeclaration" && node.body.body.every(isReadonlyMember))
      names.push(node.id.name);
  }
  return names;
}

/** The same of the types that the file imports, by the names that it gives them. */
function importedReadonlyTypes(tree: Tree, file: TreeFile): readonly string[] {
  return file.syntax.module.staticImports.flatMap(({ moduleRequest, entries }) => {
    const target = tree.get(resolveImport(file.path, moduleRequest.value) ?? "");
    const names = target === undefined ? [] : readonlyTypesOf(target);
    return entries
      .filter(({ importName }) => importName.name !== null && names.includes(importName.name))
      .map(({ localName }) => localName.value);
  });
}

function isReadonlyMember(member: TSSignature): boolean {
  if (member.type === "TSPropertySignature" || member.type === "TSIndexSignature") return member.readonly;
  return true;
}
