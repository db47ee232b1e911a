import assert from 'node:assert/strict';
import { fileName, foreign, foreignLines, shortened } from '../../shared/telegram/markup.ts';
import { activeParts, breaches, shownText } from '../support/telegram/rules.ts';

describe('foreign words in the messages of the bot', () => {
  const hostile = [
    '<b>bold</b> & "quoted" <a href="tg://user?id=1">x</a>',
    '@durov #tag $TAG /start evil.uz https://evil.uz +998901234567 8600123412341234',
    '&lt;script&gt; &amp; &#60;i&#62;',
    '\u202egpj.exe\u0000\u0007 \ud800 \u200b@admin',
    '*bold* _under_ `code` [link](http://evil.uz) ||spoiler||',
  ];

  it('format nothing and act in nothing', () => {
    for (const text of hostile.flatMap((words) => [foreign(words), foreignLines(words, 4_000)])) {
      assert.deepEqual(breaches('sendMessage', { chat_id: 1, text, parse_mode: 'HTML' }), [], text);
      assert.deepEqual(activeParts(text), [], text);
      assert.doesNotMatch(shownText(text), /[\u0000-\u001f\u202e\ud800]/);
    }
  });

  it('are cut at a whole character, never within an entity', () => {
    const text = foreign('<'.repeat(500));
    assert.deepEqual(breaches('sendMessage', { chat_id: 1, text, parse_mode: 'HTML' }), []);
    assert.equal(shownText(text), `${'<'.repeat(199)}…`);
    assert.equal(shortened('😀'.repeat(20), 10), `${'😀'.repeat(4)}…`);
    for (let longest = 2; longest < 40; longest++) {
      assert.ok(shortened(`a${'😀'.repeat(30)}`, longest).isWellFormed());
      const name = fileName(`${'&'.repeat(30)}.csv`, longest);
      assert.deepEqual(breaches('sendMessage', { chat_id: 1, text: name, parse_mode: 'HTML' }), [], name);
    }
  });

  it('keep their lines in a notice, as many as a message holds', () => {
    assert.equal(shownText(foreignLines('one\ntwo <b>', 100)), 'one\ntwo <b>');
    const long = foreignLines(Array.from({ length: 500 }, () => '<&>'.repeat(10)).join('\n'), 4_000);
    assert.ok(long.length <= 4_002);
    assert.match(long, /…$/);
    assert.deepEqual(breaches('sendMessage', { chat_id: 1, text: long, parse_mode: 'HTML' }), []);
  });
});
