import { expect, test } from "vitest";
import { checkStoreOptions } from "./check-options.ts";
import { toPlatformAddress } from "./platform-address.ts";

test("an address loses its trailing slash and gives the host", () => {
  expect(toPlatformAddress("https://api.dnanexus.com/")).toEqual({
    url: "https://api.dnanexus.com",
    host: "api.dnanexus.com",
  });
  expect(toPlatformAddress("http://localhost:8080/api")).toEqual({
    url: "http://localhost:8080/api",
    host: "localhost:8080",
  });
});

test("an embedded platform is where no network answers, under the name the app gives it", () => {
  const { port1: port } = new MessageChannel();
  const url = "https://platform.holdfast.invalid";
  expect(toPlatformAddress(port)).toEqual({ url, host: "platform.holdfast.invalid", port });
  expect(toPlatformAddress({ port, host: "demo" })).toEqual({ url, host: "demo", port });
  port.close();
});

test.for([
  "api.dnanexus.com",
  "ftp://api.dnanexus.com",
  "https://user:secret@api.dnanexus.com",
  "https://api.dnanexus.com?token=secret",
  "",
])("%s is no address of a platform", (api) => {
  expect(() => toPlatformAddress(api)).toThrow(/address/);
});

test.for([
  [{ user: "ada" }, /user/],
  [{ name: "a:b" }, /name/],
  [{ token: "secret" as never }, /token/],
  [{ replay: { requestsPerSecond: 0 } }, /requestsPerSecond/],
  [{ replay: { connections: 33 } }, /connections/],
] as const)("options that cannot be are refused by name: %o", ([change, message]) => {
  const options = {
    api: "https://api.dnanexus.com",
    user: "user-ada",
    token: () => "t",
    ...change,
  };
  expect(() => checkStoreOptions(options)).toThrow(message);
});
