/** A download under way: nothing of it is kept in memory until it is asked for. Read it once, or cancel it. */
export class Download {
  /** The answer itself. */
  readonly response: Response;

  constructor(response: Response) {
    this.response = response;
  }

  /** The bytes as they arrive. */
  get stream(): ReadableStream<Uint8Array> {
    return this.response.body ?? new Blob([]).stream();
  }

  /** What the bytes are, e.g. `text/csv`; null where the server does not say. */
  get contentType(): string | null {
    return this.response.headers.get('content-type');
  }

  /** What to call the file, without any folders; null where the server does not say, or does not let a page see it. */
  get fileName(): string | null {
    const disposition = this.response.headers.get('content-disposition') ?? '';
    const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
    const name = encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)/i.exec(disposition)?.[1];
    return name?.split(/[\\/]/).at(-1) ?? null;
  }

  /** All of it as text. */
  text(): Promise<string> {
    return this.response.text();
  }

  /** All of it as bytes. */
  blob(): Promise<Blob> {
    return this.response.blob();
  }

  /** An export of JSON, one value a line, as it arrives. Leaving the loop ends the download. */
  async *lines<T>(): AsyncGenerator<T, void, undefined> {
    for await (const line of lines(this.stream)) {
      if (line !== '') {
        yield JSON.parse(line) as T;
      }
    }
  }

  /** Ends it before its end. */
  async cancel(): Promise<void> {
    await this.response.body?.cancel();
  }
}

/** The lines of a text as it arrives, without their ends: LF, CRLF or CR. What stands behind the last end is a line, too. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the end may be half of a CRLF.
      const parts = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
      rest = parts.pop() ?? '';
      yield* parts;
      if (done) {
        if (rest !== '') {
          yield rest;
        }
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // It ended already, or broke: the reader has been told.
  }
}
