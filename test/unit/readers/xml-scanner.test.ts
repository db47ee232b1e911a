import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import { attribute, createXmlScanner } from '../../../shared/ingest/readers/xml-scanner.ts';
import { faultOf } from './reading.ts';

type Event = string;

/** Adjoining text is one event: how it is cut is nobody's business. */
function collector(): { events: Event[]; text(piece: string): void; add(event: Event): void } {
  const events: Event[] = [];
  return {
    events,
    add: (event) => void events.push(event),
    text: (piece) => {
      if (events.at(-1)?.startsWith('text ')) events.push(events.pop()! + piece);
      else if (piece !== '') events.push(`text ${piece}`);
    },
  };
}

function scan(xml: string, cuts: number[] = [], maxDepth = 20): Event[] {
  const { events, add, text } = collector();
  const scanner = createXmlScanner(
    {
      open: (name, attributes) =>
        add(`open ${name} ${attribute(attributes, 'r') ?? ''}|${attribute(attributes, 't') ?? ''}`),
      close: (name) => add(`close ${name}`),
      text,
    },
    maxDepth,
  );
  [0, ...cuts].forEach((from, i) => scanner.write(xml.slice(from, cuts[i] ?? xml.length)));
  scanner.end();
  return events;
}

function saxes(xml: string): Event[] {
  const { events, add, text } = collector();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  const parser = new SaxesParser({});
  parser.on('error', (error) => {
    throw error;
  });
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    depth++;
    add(`open ${local(name)} ${attributes['r'] ?? ''}|${attributes['t'] ?? ''}`);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    add(`close ${local(name)}`);
  });
  parser.on('text', (piece) => {
    if (depth > 0) text(piece);
  });
  parser.on('cdata', text);
  parser.write(xml).close();
  return events;
}

describe('the scanner of office XML', () => {
  let state = 77;
  const random = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;

  function element(depth: number): string {
    const name = pick(['c', 'x:row', 'v', 'is', 'ns.1:t']);
    const attributes = pick([
      '',
      ' r="A1"',
      ' t=\'s\' r = "B&amp;2"',
      ' x14ac:r="no" t="a>b"',
      '\n r="&#x41;"\tspans="1:2" ',
      " t='\"'",
    ]);
    if (random(4) === 0) return `<${name}${attributes}/>`;
    let content = '';
    for (let i = random(4); i > 0; i--) {
      content += pick([
        () => 'text &lt;&amp;&gt; Ж &#1046;&#x2014;',
        () => ' ',
        () => '<![CDATA[<not> & a tag]]>',
        () => '<!-- a <comment> -->',
        () => '<?target data?>',
        () => (depth > 0 ? element(depth - 1) : ''),
      ])();
    }
    return `<${name}${attributes}>${content}</${name}${pick(['', ' ', '\n'])}>`;
  }

  it('gives what saxes gives, however the document is cut', () => {
    for (let i = 0; i < 1_500; i++) {
      const xml =
        pick(['', '<?xml version="1.0"?>\n', '<!-- first -->']) + element(4) + pick(['', '\n', '<!-- last -->']);
      const cuts = Array.from({ length: random(5) }, () => random(xml.length)).toSorted((a, b) => a - b);
      assert.deepEqual(scan(xml, cuts), saxes(xml), xml);
    }
  });

  it('says which documents are cut short, and which are broken', () => {
    for (const xml of ['', '<a>', '<a><b></b>', '<a', '<a><!-- ', '<a>&am'])
      assert.throws(() => scan(xml), faultOf('bad_file', 'truncated'), xml);
    for (const xml of [
      '<a></b>',
      '</a>',
      '<a/><b/>',
      'text',
      '<a/>text',
      '<a>&nbsp;</a>',
      '<a>x & y</a>',
      '<a>&#x110000;</a>',
      '< a/>',
      '<a t=5 r="1"/>',
    ]) {
      assert.throws(() => scan(xml), faultOf('bad_file', 'damaged'), xml);
    }
  });

  it('refuses a DOCTYPE, entities and depth', () => {
    assert.throws(() => scan('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), faultOf('bad_file', 'doctype'));
    assert.throws(() => scan('<a>'.repeat(21)), faultOf('bad_file', 'too_deep'));
  });
});
