import type { Store } from "../../core/store.ts";
import type { EventDocument, Owner } from "./document.ts";
import type { Edit } from "./document-table.ts";
import { limits } from "./limits.ts";

const collection = "events";
const sequenceDigits = 12;

/** What happened, without what the table adds. */
export type Happening = Pick<
  EventDocument,
  "id" | "sourceType" | "source" | "category" | "severity" | "message"
>;

/** What happened in each account and region, for a while and up to a number. */
export class EventTable {
  readonly #byOwner = new Map<string, EventDocument[]>();
  #sequence = 0;

  load(store: Store): void {
    for (const [, event] of store.all<EventDocument>(collection)) {
      this.#sequence = Math.max(this.#sequence, event.sequence);
      this.#of(event).push(event);
    }
    for (const events of this.#byOwner.values()) events.sort((a, b) => a.sequence - b.sequence);
  }

  /** The oldest first. */
  list(owner: Owner, nowMs: number): readonly EventDocument[] {
    return this.#of(owner).filter(({ atMs }) => atMs > nowMs - limits.eventsKeptMs);
  }

  /** Adds an event; old ones go with the same commit. */
  note(owner: Owner, atMs: number, happening: Happening): Edit[] {
    this.#sequence += 1;
    const { account, region } = owner;
    const event: EventDocument = { account, region, sequence: this.#sequence, atMs, ...happening };
    const events = this.#of(owner);
    const surplus = events.length + 1 - limits.eventsKept;
    const old = events.filter((known, index) => index < surplus || known.atMs <= atMs - limits.eventsKeptMs);
    const added: Edit = {
      change: { collection, key: keyOf(event), put: event },
      apply: () => void events.push(event),
    };
    return [added, ...old.map((known) => this.#remove(events, known))];
  }

  /** For a reset. */
  removals(): Edit[] {
    return [...this.#byOwner.values()].flatMap((events) =>
      events.map((event) => this.#remove(events, event)),
    );
  }

  #remove(events: EventDocument[], event: EventDocument): Edit {
    return {
      change: { collection, key: keyOf(event) },
      apply: () => {
        const index = events.indexOf(event);
        if (index >= 0) events.splice(index, 1);
      },
    };
  }

  #of({ account, region }: Owner): EventDocument[] {
    const key = `${account}/${region}`;
    let events = this.#byOwner.get(key);
    if (events === undefined) {
      events = [];
      this.#byOwner.set(key, events);
    }
    return events;
  }
}

const keyOf = ({ account, region, sequence }: EventDocument): string =>
  `${account}/${region}/${String(sequence).padStart(sequenceDigits, "0")}`;
