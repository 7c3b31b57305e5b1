import type { Member, StructureShape } from "../model/shape.ts";

/** Which member of a structure goes where in an HTTP message; the rest is the body. */
export interface HttpBindings {
  readonly labels: readonly Member[];
  /** Bound to one query parameter each. */
  readonly query: readonly Member[];
  /** A map that takes all other query parameters. */
  readonly queryMap: Member | undefined;
  readonly headers: readonly Member[];
  readonly prefixHeaders: readonly Member[];
  readonly responseCode: Member | undefined;
  /** The member that is the body as a whole. */
  readonly payload: Member | undefined;
  readonly body: readonly Member[];
}

function httpBindings(shape: StructureShape): HttpBindings {
  const { members } = shape;
  return {
    labels: members.filter(({ traits }) => traits.httpLabel === 1),
    query: members.filter(({ traits }) => traits.httpQuery !== undefined),
    queryMap: members.find(({ traits }) => traits.httpQueryParams === 1),
    headers: members.filter(({ traits }) => traits.httpHeader !== undefined),
    prefixHeaders: members.filter(({ traits }) => traits.httpPrefixHeaders !== undefined),
    responseCode: members.find(({ traits }) => traits.httpResponseCode === 1),
    payload: members.find(({ traits }) => traits.httpPayload === 1),
    body: members.filter((member) => isBody(member)),
  };
}

function isBody({ traits }: Member): boolean {
  return (
    traits.httpLabel === undefined &&
    traits.httpQuery === undefined &&
    traits.httpQueryParams === undefined &&
    traits.httpHeader === undefined &&
    traits.httpPrefixHeaders === undefined &&
    traits.httpResponseCode === undefined &&
    traits.httpPayload === undefined
  );
}

/** The bindings of each structure, computed once. */
export class BindingTable {
  readonly #bindings = new WeakMap<StructureShape, HttpBindings>();

  of(shape: StructureShape): HttpBindings {
    const known = this.#bindings.get(shape);
    if (known !== undefined) return known;
    const bindings = httpBindings(shape);
    this.#bindings.set(shape, bindings);
    return bindings;
  }
}
