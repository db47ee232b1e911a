export interface ServerEvent {
  id: string | null;
  name: string;
  data: unknown;
}

/**
 * Splits a text/event-stream into events. Feed it chunks as they come; it keeps the unfinished tail.
 * A block without data (a comment that keeps the line alive) gives no event.
 */
export function createEventParser(onEvent: (event: ServerEvent) => void): (chunk: string) => void {
  let tail = '';
  let id: string | null = null;
  let name = 'message';
  let data: string[] = [];

  function endBlock(): void {
    if (data.length > 0) {
      const text = data.join('\n');
      let value: unknown = text;
      try {
        value = JSON.parse(text);
      } catch {
        value = text;
      }
      onEvent({ id, name, data: value });
    }
    name = 'message';
    data = [];
  }

  function takeLine(line: string): void {
    if (line === '') return endBlock();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') id = value;
    else if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }

  return (chunk) => {
    const lines = (tail + chunk).split(/\r\n|\n|\r(?!$)/);
    tail = lines.pop() ?? '';
    for (const line of lines) takeLine(line);
  };
}
