import type { Relation, RelationUse } from "./name-space.ts";

/** What a statement does with one relation in one place, gathered while it is bound. */
export class TableUse {
  readonly relation: Relation;
  readonly privilege: RelationUse["privilege"];
  readonly asUser: string | undefined;
  readonly columns: Set<string> = new Set();
  /** It stands on a side of an outer join that may have no row. */
  mayBeMissing = false;

  constructor(relation: Relation, privilege: RelationUse["privilege"], asUser: string | undefined) {
    this.relation = relation;
    this.privilege = privilege;
    this.asUser = asUser;
  }

  finished(): RelationUse {
    const { relation, privilege, asUser } = this;
    return { relation, privilege, asUser, columns: [...this.columns] };
  }
}
