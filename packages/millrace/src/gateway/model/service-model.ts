import type { ModelFile, ServiceFacts } from "./model-file.ts";
import type { Member, StructureShape } from "./shape.ts";
import { isEventStream, isStreaming } from "./shape.ts";
import { ShapeTable } from "./shape-table.ts";

/** One AWS service as its model describes it. */
export interface ServiceModel {
  readonly facts: ServiceFacts;
  /** Folder name of the service: `kinesis`. */
  readonly id: string;
  /** All operations of the model, whether or not Millrace has them. */
  readonly operationNames: readonly string[];
  operation(name: string): OperationModel | undefined;
  /** The shape of a modelled error. */
  error(code: string): StructureShape | undefined;
  structure(name: string): StructureShape | undefined;
}

export interface OperationModel {
  readonly name: string;
  /** Absent when the operation takes or returns nothing. */
  readonly input?: StructureShape;
  readonly output?: StructureShape;
  readonly http?: HttpTrait;
  /** Codes of its modelled errors. */
  readonly errors: readonly string[];
  /** The member of the input that takes the HTTP body as it flows. */
  readonly inputStream?: Member;
  /** The member of the output that is an event stream. */
  readonly outputEvents?: Member;
  /** The member of the input by which a client marks repetitions of one attempt. */
  readonly idempotencyMember?: string;
}

export interface HttpTrait {
  readonly method: string;
  /** `/v1/clusters/{clusterArn}/nodes?literal`, `{Key+}` takes slashes too. */
  readonly uri: string;
  readonly status: number;
}

export class FileServiceModel implements ServiceModel {
  readonly facts: ServiceFacts;
  readonly id: string;
  readonly operationNames: readonly string[];
  readonly #file: ModelFile;
  readonly #shapes: ShapeTable;
  readonly #operations = new Map<string, OperationModel>();

  constructor(file: ModelFile) {
    this.facts = file.service;
    this.id = file.service.id;
    this.operationNames = Object.keys(file.operations);
    this.#file = file;
    this.#shapes = new ShapeTable(file);
  }

  operation(name: string): OperationModel | undefined {
    const known = this.#operations.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(this.#file.operations, name)) return undefined;
    const operation = this.#resolve(name);
    if (operation !== undefined) this.#operations.set(name, operation);
    return operation;
  }

  error(code: string): StructureShape | undefined {
    if (!Object.hasOwn(this.#file.shapes, code)) return undefined;
    const shape = this.#shapes.structure(code);
    return shape?.traits.error === undefined ? undefined : shape;
  }

  structure(name: string): StructureShape | undefined {
    return Object.hasOwn(this.#file.shapes, name) ? this.#shapes.structure(name) : undefined;
  }

  #resolve(name: string): OperationModel | undefined {
    const facts = this.#file.operations[name];
    if (facts === undefined) return undefined;
    const input = facts.input === undefined ? undefined : this.#shapes.structure(facts.input);
    const output = facts.output === undefined ? undefined : this.#shapes.structure(facts.output);
    const inputStream = input?.members.find((member) => isStreaming(member.shape));
    const outputEvents = output?.members.find((member) => isEventStream(member.shape));
    const token = input?.members.find((member) => member.traits.idempotencyToken !== undefined);
    return {
      name,
      errors: this.#file.errors[name] ?? [],
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      ...(facts.http === undefined ? {} : { http: httpTrait(facts.http) }),
      ...(inputStream === undefined ? {} : { inputStream }),
      ...(outputEvents === undefined ? {} : { outputEvents }),
      ...(token === undefined ? {} : { idempotencyMember: token.name }),
    };
  }
}

function httpTrait([method, uri, status]: readonly [string, string, number]): HttpTrait {
  return { method, uri, status };
}
