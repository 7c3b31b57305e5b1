import type { HttpResponse } from "../../gateway/http.ts";
import type { DeliveryStream } from "../../services/firehose/index.ts";
import type { AdminContext } from "../admin/context.ts";
import { type AdminRequest, answer, notFound, queryNumber } from "../admin/route.ts";
import { deliveryUse } from "./delivery-use.ts";
import { flushDelivery } from "./flush-delivery.ts";
import { nameOrArn } from "./named-resource.ts";
import { openTopology } from "./open-topology.ts";

const waitMs = { min: 100, max: 300_000, fallback: 20_000 } as const;

/** `GET deliveries/:name/use` */
export async function useOfDelivery(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  return answer(deliveryUse(await findDelivery(context, request), context.clock.now()));
}

/** `POST deliveries/:name/flush` */
export async function flush(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  const stream = await findDelivery(context, request);
  const { query, signal } = request;
  const limits = { waitMs: queryNumber(query, "waitMs", waitMs), signal };
  return answer(await flushDelivery(stream, context.networkClock, limits));
}

/** @throws ServiceError 404 also when it belongs to somebody else */
async function findDelivery(
  context: AdminContext,
  { parameters, caller }: AdminRequest,
): Promise<DeliveryStream> {
  const name = parameters["name"] ?? "";
  const place = nameOrArn(name, caller, { service: "firehose", type: "deliverystream" });
  const state = (await openTopology(context)).firehose();
  const stream = place && state?.streams.get(place.account, place.region, place.name);
  if (stream !== undefined) return stream;
  throw notFound(`Firehose ${name.slice(0, 200)} under account ${caller.account} not found.`);
}
