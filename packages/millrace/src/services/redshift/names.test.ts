import { expect, it } from "vitest";
import {
  checkDatabaseName,
  checkDescription,
  checkPassword,
  checkUserName,
  clusterIdentifier,
  groupName,
  parameterGroupName,
} from "./names.ts";

it("identifiers are kept in lower case", () => {
  expect(clusterIdentifier("Sales-2026")).toBe("sales-2026");
  expect(parameterGroupName("Fast")).toBe("fast");
  expect(groupName("Office", "ClusterSecurityGroupName")).toBe("office");
});

it.each(["", "2sales", "sales-", "sa--les", "sa_les", "säles", "a".repeat(64), "a b", "a:b", "../x"])(
  "%j is no identifier of a cluster",
  (text) => {
    expect(() => clusterIdentifier(text)).toThrow("is not a valid identifier");
  },
);

it("groups are not called Default", () => {
  expect(() => groupName("Default", "ClusterSubnetGroupName")).toThrow('must not be "Default"');
  expect(() => groupName("a/b", "ClusterSecurityGroupName")).toThrow("alphanumeric");
});

it.each([
  ["Dev", "Only lowercase"],
  ["table", "reserved word"],
  ["1db", "must begin with a letter"],
  ["x".repeat(65), "64"],
  ['a";drop', "alphanumeric"],
])("%j is no name of a database", (name, message) => {
  expect(() => checkDatabaseName(name)).toThrow(message);
});

it.each(["PUBLIC", "public", "Anna", "1anna", "an:na", "an/na", "user", ""])(
  "%j is no name of a user",
  (name) => {
    expect(() => checkUserName(name, "MasterUsername", 128)).toThrow("MasterUsername");
  },
);

it.each([
  ["Short1a", "shorter than 8"],
  [`Aa1${"x".repeat(62)}`, "longer than 64"],
  ["Password 1", "Only printable"],
  ["Passw@rd1", "Only printable"],
  ["Passwört1", "Only printable"],
  ["password1", "uppercase"],
  ["PASSWORD1", "lowercase"],
  ["Passwords", "digit"],
])("%j is no password, and the error does not repeat it", (password, message) => {
  expect(() => checkPassword(password)).toThrow(message);
  expect(() => checkPassword(password)).not.toThrow(password);
});

it("takes what AWS takes", () => {
  checkPassword("Passw0rd!#$%");
  checkDatabaseName("dev");
  checkUserName("anna.b+c@d-e_f", "MasterUsername", 128);
  checkDescription("fine");
  expect(() => checkDescription("")).toThrow("Description");
  expect(() => checkDescription("x".repeat(256))).toThrow("Description");
});
