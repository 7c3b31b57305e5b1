/**
 * Events of the Nexmark benchmark, after its published description: people, auctions and bids 1 : 3 : 46, hot
 * sellers, auctions and bidders, sizes of texts. An event depends on its number and the seed alone, so that a
 * source may begin anywhere and repeat itself.
 */
export const EventKind = { person: 0, auction: 1, bid: 2 } as const;

export interface NexmarkSettings {
  readonly seed: number;
  /** Events a second of event time. */
  readonly rate: number;
  /** Event time of event 0, in ms. */
  readonly baseTimeMs: number;
}

/** Where the fields of an event go; a field that nobody reads costs its draws of the generator only. */
export interface EventSink {
  readonly wantsTexts: boolean;
  person(event: Person): void;
  auction(event: Auction): void;
  bid(event: Bid): void;
}

export interface Person {
  id: number;
  name: string;
  emailAddress: string;
  creditCard: string;
  city: string;
  state: string;
  dateTime: number;
  extra: string;
}

export interface Auction {
  id: number;
  itemName: string;
  description: string;
  initialBid: number;
  reserve: number;
  dateTime: number;
  expires: number;
  seller: number;
  category: number;
  extra: string;
}

export interface Bid {
  auction: number;
  bidder: number;
  price: number;
  channel: string;
  url: string;
  dateTime: number;
  extra: string;
}

const persons = 1;
const auctions = 3;
const bids = 46;
const total = persons + auctions + bids;
const hotAuctionRatio = 2;
const hotSellerRatio = 4;
const hotBidderRatio = 4;
const inFlightAuctions = 100;
const activePeople = 1000;
const personBytes = 200;
const auctionBytes = 500;
const bidBytes = 100;
const firstAuction = 1000;
const firstPerson = 1000;
const firstCategory = 10;
const states: readonly string[] = ["AZ", "CA", "ID", "OR", "WA", "WY"];
const cities: readonly string[] = [
  ...["Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland"],
  ...["Bend", "Redmond", "Seattle", "Kent", "Cheyenne"],
];
const firstNames: readonly string[] = [
  ...["Peter", "Paul", "Luke", "John", "Saul", "Vicky"],
  ...["Kate", "Julie", "Sarah", "Deiter", "Walter"],
];
const lastNames: readonly string[] = [
  "Shultz",
  "Abrams",
  "Spencer",
  "White",
  "Bartels",
  "Walton",
  "Smith",
  "Jones",
  "Noris",
];
const hotChannels: readonly string[] = ["Google", "Facebook", "Baidu", "Apple"];
const channels = 10_000;
const poolLength = 65_536;

/** The generator of a seed; `next` makes one event of a number after another. */
export class NexmarkEvents {
  readonly #settings: NexmarkSettings;
  readonly #pool: string;
  readonly #hotUrls: readonly string[];
  readonly #channelUrls: readonly string[];
  readonly #channelNames: readonly string[];
  #state = 0;

  constructor(settings: NexmarkSettings) {
    this.#settings = settings;
    this.#state = settings.seed ^ 0x9e3779b9;
    const codes = Array.from({ length: poolLength }, () => 97 + this.#whole(26));
    this.#pool = Buffer.from(codes).toString("latin1");
    this.#state = settings.seed;
    this.#hotUrls = hotChannels.map(() => this.#url());
    const named = Array.from({ length: channels }, (_, index) => {
      const url = this.#url();
      return this.#whole(10) > 0 ? `${url}&channel_id=${(index * 7919) % 2_147_483_647}` : url;
    });
    this.#channelUrls = named;
    this.#channelNames = named.map((_, index) => `channel-${index}`);
  }

  /** Event time of an event. */
  timeOf(number: number): number {
    return this.#settings.baseTimeMs + Math.floor((number * 1000) / this.#settings.rate);
  }

  make(number: number, sink: EventSink): void {
    const place = number % total;
    const dateTime = this.timeOf(number);
    this.#state =
      Math.imul((number ^ this.#settings.seed) | 0, 0x9e3779b1) ^ Math.floor(number / 4_294_967_296);
    if (place < persons) sink.person(this.#person(number, dateTime, sink.wantsTexts));
    else if (place < persons + auctions) sink.auction(this.#auction(number, dateTime, sink.wantsTexts));
    else sink.bid(this.#bid(number, dateTime, sink.wantsTexts));
  }

  readonly #somePerson: Person = {
    ...{ id: 0, name: "", emailAddress: "", creditCard: "", city: "", state: "", dateTime: 0, extra: "" },
  };

  /** One object for all: whoever gets it takes out what it wants. */
  #person(number: number, dateTime: number, wantsTexts: boolean): Person {
    const person = this.#somePerson;
    person.id = lastPerson(number) + firstPerson;
    person.dateTime = dateTime;
    if (!wantsTexts) return person;
    person.name = `${firstNames[this.#whole(11)]} ${lastNames[this.#whole(9)]}`;
    person.emailAddress = `${this.#text(7)}@${this.#text(5)}.com`;
    person.creditCard = `${this.#digits()} ${this.#digits()} ${this.#digits()} ${this.#digits()}`;
    person.city = cities[this.#whole(10)] ?? "";
    person.state = states[this.#whole(6)] ?? "";
    const length = 8 + person.name.length + person.emailAddress.length + 19 + person.city.length + 2;
    person.extra = this.#extra(length, personBytes);
    return person;
  }

  readonly #someAuction: Auction = {
    ...{ id: 0, itemName: "", description: "", initialBid: 0, reserve: 0, dateTime: 0, expires: 0 },
    ...{ seller: 0, category: 0, extra: "" },
  };

  #auction(number: number, dateTime: number, wantsTexts: boolean): Auction {
    const auction = this.#someAuction;
    auction.id = lastAuction(number) + firstAuction;
    auction.dateTime = dateTime;
    auction.seller = this.#aPerson(number, hotSellerRatio, 0);
    auction.initialBid = this.#price();
    auction.itemName = this.#text(20);
    auction.description = this.#text(100);
    auction.reserve = auction.initialBid + this.#price();
    const horizon = this.timeOf(number + Math.floor((inFlightAuctions * total) / auctions)) - dateTime;
    auction.expires = dateTime + 1 + this.#whole(Math.max(horizon * 2, 1));
    auction.category = firstCategory + this.#whole(5);
    if (!wantsTexts) return auction;
    const length = 48 + auction.itemName.length + auction.description.length;
    auction.extra = this.#extra(length, auctionBytes);
    return auction;
  }

  readonly #someBid: Bid = {
    ...{ auction: 0, bidder: 0, price: 0, channel: "", url: "", dateTime: 0, extra: "" },
  };

  #bid(number: number, dateTime: number, wantsTexts: boolean): Bid {
    const bid = this.#someBid;
    bid.auction = this.#anAuction(number);
    bid.bidder = this.#aPerson(number, hotBidderRatio, 1);
    bid.price = this.#price();
    bid.dateTime = dateTime;
    if (!wantsTexts) return bid;
    if (this.#whole(2) > 0) {
      const hot = this.#whole(4);
      bid.channel = hotChannels[hot] as string;
      bid.url = this.#hotUrls[hot] as string;
    } else {
      const some = this.#whole(channels);
      bid.channel = this.#channelNames[some] as string;
      bid.url = this.#channelUrls[some] as string;
    }
    bid.extra = this.#extra(32, bidBytes);
    return bid;
  }

  #anAuction(number: number): number {
    const last = lastAuction(number);
    if (this.#whole(hotAuctionRatio) > 0) return Math.floor(last / 100) * 100 + firstAuction;
    const least = Math.max(last - inFlightAuctions, 0);
    return least + this.#whole(last - least + 1 + 10) + firstAuction;
  }

  #aPerson(number: number, hotRatio: number, hotOffset: number): number {
    const last = lastPerson(number);
    if (this.#whole(hotRatio) > 0) return Math.floor(last / 100) * 100 + hotOffset + firstPerson;
    const known = last + 1;
    const active = Math.min(known, activePeople);
    return known - active + this.#whole(active + 10) + firstPerson;
  }

  /** Mulberry32. */
  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  #whole(below: number): number {
    return Math.floor(this.#draw() * below);
  }

  #digits(): number {
    return 1000 + this.#whole(9000);
  }

  #price(): number {
    return Math.round(10 ** (this.#draw() * 6) * 100);
  }

  #text(longest: number): string {
    const length = 3 + this.#whole(longest - 3);
    const at = this.#whole(60_000);
    return this.#pool.slice(at, at + length);
  }

  #extra(bytes: number, wanted: number): string {
    if (bytes > wanted) return "";
    const rest = wanted - bytes;
    const delta = Math.round(rest * 0.2);
    const length = rest - delta + (delta > 0 ? this.#whole(2 * delta) : 0);
    const at = this.#whole(poolLength - length);
    return this.#pool.slice(at, at + length);
  }

  #url(): string {
    const path = `${this.#text(5)}/${this.#text(5)}/${this.#text(5)}`;
    return `https://www.nexmark.com/${path}/item.htm?query=1`;
  }
}

function lastPerson(number: number): number {
  const epoch = Math.floor(number / total);
  return epoch * persons + Math.min(number % total, persons - 1);
}

function lastAuction(number: number): number {
  const epoch = Math.floor(number / total);
  const place = number % total;
  if (place < persons) return epoch * auctions - 1;
  return epoch * auctions + Math.min(place - persons, auctions - 1);
}
