import type { Delete, Insert, Merge, Update } from "./dml.ts";
import type { Query } from "./query.ts";

/** Every statement that the parser makes, told apart by `kind`. */
export type Statement = Query | Insert | Update | Delete | Merge;
