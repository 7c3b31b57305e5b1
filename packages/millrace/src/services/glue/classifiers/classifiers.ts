import type { Store } from "../../../core/store.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import { entityNotFound } from "../errors.ts";
import type { ClassifierDocument } from "./classifier-document.ts";
import type { CustomClassifier } from "./custom-classifier.ts";

/** All custom classifiers. */
export class Classifiers {
  readonly table: DocumentTable<ClassifierDocument>;

  constructor(store: Store) {
    this.table = new DocumentTable(store, "classifiers", ({ definition }) => definition.name);
  }

  /** The definition a crawler names, if there is one. */
  find(owner: Owner, name: string): CustomClassifier | undefined {
    return this.table.get(owner, name)?.definition;
  }

  /** @throws ServiceError EntityNotFoundException */
  get(owner: Owner, name: string): ClassifierDocument {
    const document = this.table.get(owner, name);
    if (document === undefined) throw entityNotFound(`Classifier entry with name ${name} does not exist`);
    return document;
  }
}
