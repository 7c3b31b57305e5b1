import { invalidArgument } from "../errors.ts";

/**
 * The address of an endpoint. AWS takes https alone; here plain http and any port are taken as well, because
 * what is developed against often speaks nothing else.
 * @throws ServiceError InvalidArgumentException
 */
export function endpointUrl(text: string, member: string): URL {
  const url = parsed(text);
  if (url === undefined)
    throw invalidArgument(`${member} must be a URL that begins with https:// or http://.`);
  return url;
}

/** As `endpointUrl`, for addresses that are described and logged: they hold no secret. */
export function plainUrl(text: string, member: string): URL {
  const url = endpointUrl(text, member);
  if (url.username === "" && url.password === "") return url;
  throw invalidArgument(`${member} must not contain a user name or a password.`);
}

function parsed(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
}
