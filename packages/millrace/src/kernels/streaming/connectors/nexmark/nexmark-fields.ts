import type { Auction, Bid, Person } from "./nexmark-events.ts";

export type EventField = (event: never) => unknown;

/** One small function a field, each of which sees one kind of object only: an access by name would be slow. */
export const eventFields: Readonly<Record<string, EventField>> = {
  "person.id": (event: Person) => event.id,
  "person.name": (event: Person) => event.name,
  "person.emailAddress": (event: Person) => event.emailAddress,
  "person.creditCard": (event: Person) => event.creditCard,
  "person.city": (event: Person) => event.city,
  "person.state": (event: Person) => event.state,
  "person.dateTime": (event: Person) => event.dateTime,
  "person.extra": (event: Person) => event.extra,
  "auction.id": (event: Auction) => event.id,
  "auction.itemName": (event: Auction) => event.itemName,
  "auction.description": (event: Auction) => event.description,
  "auction.initialBid": (event: Auction) => event.initialBid,
  "auction.reserve": (event: Auction) => event.reserve,
  "auction.dateTime": (event: Auction) => event.dateTime,
  "auction.expires": (event: Auction) => event.expires,
  "auction.seller": (event: Auction) => event.seller,
  "auction.category": (event: Auction) => event.category,
  "auction.extra": (event: Auction) => event.extra,
  "bid.auction": (event: Bid) => event.auction,
  "bid.bidder": (event: Bid) => event.bidder,
  "bid.price": (event: Bid) => event.price,
  "bid.channel": (event: Bid) => event.channel,
  "bid.url": (event: Bid) => event.url,
  "bid.dateTime": (event: Bid) => event.dateTime,
  "bid.extra": (event: Bid) => event.extra,
};
