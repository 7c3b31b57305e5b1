import type { Store } from "../../../core/store.ts";
import { channelNotFound, resourceInUse } from "../errors.ts";
import { Channel } from "./channel.ts";
import type { ChannelDocument } from "./channel-document.ts";

const collection = "channels";

interface Owner {
  readonly account: string;
  readonly region: string;
}

/** The channels of all accounts and regions, and their documents. */
export class ChannelTable {
  readonly #store: Store;
  readonly #byId = new Map<string, Channel>();

  constructor(store: Store) {
    this.#store = store;
  }

  load(): void {
    for (const [id, document] of this.#store.all<ChannelDocument>(collection))
      this.#byId.set(id, new Channel(document));
  }

  get size(): number {
    return this.#byId.size;
  }

  get({ account, region, id }: Owner & { readonly id: string }): Channel | undefined {
    const channel = this.#byId.get(id);
    return channel?.document.account === account && channel.document.region === region ? channel : undefined;
  }

  all(): Iterable<Channel> {
    return this.#byId.values();
  }

  /** The channels of an account in a region, by name. */
  list({ account, region }: Owner): readonly Channel[] {
    return [...this.#byId.values()]
      .filter(({ document }) => document.account === account && document.region === region)
      .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
  }

  /** The channels that read from a stream, in whatever state. */
  ofStream(streamArn: string, streamCreatedMs: number): readonly Channel[] {
    return [...this.#byId.values()].filter(
      ({ document }) => document.streamArn === streamArn && document.streamCreatedMs === streamCreatedMs,
    );
  }

  has(channel: Channel): boolean {
    return this.#byId.get(channel.document.id) === channel;
  }

  async create(document: ChannelDocument): Promise<Channel> {
    if (this.list(document).some((other) => other.document.name === document.name))
      throw resourceInUse(`Channel ${document.name} under account ${document.account} already exists.`);
    const channel = new Channel(document);
    this.#byId.set(document.id, channel);
    try {
      await this.#store.commit([{ collection, key: document.id, put: document }]);
    } catch (error) {
      this.#byId.delete(document.id);
      throw error;
    }
    return channel;
  }

  /** Replaces a channel's document by what `next` makes of it; nothing changes when `next` throws. */
  change(channel: Channel, next: (document: ChannelDocument) => ChannelDocument): Promise<void> {
    return channel.changes.run(async () => {
      if (!this.has(channel)) throw channelNotFound(channel.arn, channel.document.account);
      const document = next(channel.document);
      await this.#store.commit([{ collection, key: document.id, put: document }]);
      channel.document = document;
    });
  }

  /** Forgets a channel, after the changes that were asked for before. */
  remove(channel: Channel): Promise<void> {
    return channel.changes.run(async () => {
      if (!this.has(channel)) return;
      await this.#store.commit([{ collection, key: channel.document.id }]);
      this.#byId.delete(channel.document.id);
    });
  }
}
