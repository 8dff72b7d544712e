import { CatenaryError } from "@catenary/core";
import { describe, expect, it } from "vitest";
import { serverAddress } from "./server-address.ts";

describe("serverAddress", () => {
  it.each([
    ["http://127.0.0.1:11434", "http://127.0.0.1:11434"],
    ["http://127.0.0.1:11434/", "http://127.0.0.1:11434"],
    ["http://127.0.0.1:11434/api", "http://127.0.0.1:11434"],
    ["http://127.0.0.1:11434/api/", "http://127.0.0.1:11434"],
    ["https://models.example/ollama/api", "https://models.example/ollama"],
    ["127.0.0.1", "http://127.0.0.1:11434"],
    ["127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["gpu-box", "http://gpu-box:11434"],
    ["gpu-box:80", "http://gpu-box"],
    ["gpu-box/ollama", "http://gpu-box:11434/ollama"],
    [":9999", "http://127.0.0.1:9999"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    ["0.0.0.0:8080", "http://127.0.0.1:8080"],
    ["http://0.0.0.0:8080", "http://127.0.0.1:8080"],
    ["[::]:8080", "http://127.0.0.1:8080"],
    ["[::1]", "http://[::1]:11434"],
    ["http://gpu-box", "http://gpu-box"],
    [" localhost:11434 ", "http://localhost:11434"],
  ])("reads %j as %s", (text, root) => {
    expect(serverAddress(text)).toEqual({ root, url: root });
  });

  it("keeps a name and a password out of the address", () => {
    const { root, authorization } = serverAddress("https://ann:p%40ss@models.example");
    expect(root).toBe("https://models.example");
    expect(atob(authorization?.replace("Basic ", "") ?? "")).toBe("ann:p@ss");
  });

  it("takes a password of any letters, and one without a name", () => {
    const sent = (text: string) =>
      new TextDecoder().decode(
        Uint8Array.from(atob(serverAddress(text).authorization?.replace("Basic ", "") ?? ""), (char) =>
          char.charCodeAt(0),
        ),
      );
    expect(sent("https://ann:schlüssel€@models.example")).toBe("ann:schlüssel€");
    expect(sent("https://ann:100%@models.example")).toBe("ann:100%");
    expect(sent("https://:pass@models.example")).toBe(":pass");
  });

  it.each(["", " \t", "http://", "ftp://models.example", "http://a b", "gpu-box:port"])("refuses %j", (text) => {
    expect(() => serverAddress(text)).toThrow(CatenaryError);
    expect(() => serverAddress(text)).toThrow(/such as http:\/\/127\.0\.0\.1:11434, but got/);
  });

  it("does not repeat a password in its error", () => {
    expect(() => serverAddress("ftp://ann:secret@models.example")).toThrow(expect.not.stringContaining("secret"));
  });
});
