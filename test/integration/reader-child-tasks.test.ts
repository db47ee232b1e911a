/** What the reader child does with files that are well: rows, members of archives, one row again. */
import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { STAGING_LEAD } from '../../shared/ingest/child/protocol.ts';
import { runExtract, runReadRow, type ExtractedMember } from '../../shared/ingest/child/run-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { csvBytes, rowsOfPayments, rowsOfVendhub, xlsxBytes, zipBytes } from '../support/files.ts';
import { childReadings, hwCsv, hwRows } from '../support/read-by-child.ts';

describe('the reader child, with files that are well', function () {
  this.timeout(60_000);
  const { folder, fileOf, load } = childReadings();

  describe('load', () => {
    it('sends every row as COPY text and counts them, the same from csv and from xlsx', async () => {
      const table = hwRows(3_000);
      table.push(['Итого'], ['']);
      table[10]![10] = 'dear';
      const [csv, xlsx] = [
        await load(csvBytes(table)),
        await load(await xlsxBytes({ sheet1: table }), { name: 'report.xlsx' }),
      ];
      for (const { end } of [csv, xlsx]) {
        assert.ok(end !== null);
        assert.deepEqual(
          [end.rowsRead, end.rowsStaged, end.rowsRejected],
          [end.rowsStaged + end.rowsRejected + end.rowsSkipped, 2_999, 1],
        );
        assert.ok(end.rowsSkipped >= 1);
        assert.equal(end.timeFrom, '2025-06-02T12:00:00+05:00');
      }
      assert.equal(csv.rows.length, 2_999);
      // a csv has no sheet; and of a workbook's cell nobody can say whether its 0 seconds were written or are missing
      const [sheet, coarse] = [STAGING_LEAD.indexOf('sheet'), STAGING_LEAD.indexOf('coarse')];
      const values = (line: string): string[] =>
        line.split('\t').filter((_, place) => place !== sheet && place !== coarse);
      assert.deepEqual(xlsx.rows.map(values), csv.rows.map(values));
      assert.deepEqual(
        csv.rejects.map((line) => line.split('\t').slice(0, 4)),
        [['9', '\\N', '11', 'Цена заказа']],
      );
      assert.deepEqual(
        xlsx.rejects.map((line) => line.split('\t').slice(0, 4)),
        [['9', 'sheet1', '11', 'Цена заказа']],
      );
    });

    it('opens no sink for rejects when there are none', async () => {
      assert.equal((await load(hwCsv(20))).openedRejects, 0);
    });

    it('shows every sheet before it is told which to load, and loads those in order', async () => {
      const book = await xlsxBytes({ first: hwRows(5), other: rowsOfVendhub([{}, {}]), empty: [], last: hwRows(3) });
      const { probe, end, rows } = await load(book, {
        onProbe: async (shown) => {
          assert.deepEqual(
            shown.tables.map(({ sheet, source }) => [sheet, source]),
            [
              ['first', 'happy_workers'],
              ['other', 'vendhub'],
              ['last', 'happy_workers'],
            ],
          );
          return { source: 'happy_workers' as const, sheets: ['first', 'last'] };
        },
      });
      assert.equal(probe, undefined);
      assert.equal(end?.rowsStaged, 8);
      assert.deepEqual(
        rows.map((line) => line.split('\t').slice(0, 3).join(' ')),
        ['0 first 2', '1 first 3', '2 first 4', '3 first 5', '4 first 6', '5 last 2', '6 last 3', '7 last 4'],
      );
    });

    it('looks at the file again, in the same process, when it is told how the file is read', async () => {
      const table = rowsOfPayments(
        'click',
        Array.from({ length: 20 }, () => ({})),
      );
      const looks: (string | null)[] = [];
      const { end, pids } = await load(csvBytes(table, { delimiter: ';' }), {
        overrides: { delimiter: ',' },
        onProbe: async ({ tables, delimiter }) => {
          looks.push(delimiter);
          if (tables[0]?.source !== 'click') return { lookAgain: { delimiter: ';' } };
          return { source: 'click', sheets: [null] };
        },
      });
      assert.deepEqual([looks, end?.rowsStaged, pids.length], [[',', ';'], 20, 1]);
    });

    it('starts again with fresh sinks when a late row proves the number style of the first ones wrong', async () => {
      const table = rowsOfPayments(
        'click',
        Array.from({ length: 2_500 }, () => ({})),
      );
      const amount = table[0]!.indexOf('Сумма');
      table.forEach((row, i) => {
        if (i > 0) row[amount] = i === 2_400 ? '12,50' : '15,000';
      });
      const { restarts, end, rows, pids } = await load(csvBytes(table, { delimiter: ';' }));
      assert.equal(restarts, 1);
      assert.equal(pids.length, 2);
      assert.deepEqual([end?.rowsStaged, rows.length], [2_500, 2_500]);
      assert.ok(
        rows.every((line, i) => line.includes(i === 2_399 ? '\t12.5' : '\t15\t') || line.includes('\t15.00')),
        rows[0],
      );
    });

    it('takes the operator at his word', async () => {
      const table = [['a', 'b'], ...hwRows(4)];
      const { end, probe } = await load(csvBytes(table, { delimiter: '|' }), {
        overrides: { source: 'happy_workers', headerRow: 2, delimiter: '|' },
      });
      assert.equal(probe.tables[0]?.headerRow, 2);
      assert.equal(end?.rowsStaged, 4);
    });

    it('ends with null when it is told to stop', async () => {
      const { end, probe } = await load('x;y\n1;2\n');
      assert.equal(end, null);
      assert.equal(probe.tables[0]?.source, null);
    });

    it('says what is an archive, and mentions a wrong extension', async () => {
      const { probe } = await load(await zipBytes({ 'a.csv': hwCsv(1) }));
      assert.deepEqual([probe.format, probe.archive], ['zip', true]);
      assert.deepEqual((await load(hwCsv(1), { name: 'report.xlsx' })).probe.warnings, [
        { code: 'extension_mismatch', params: { extension: 'xlsx', format: 'csv' } },
      ]);
    });

    it('reports its progress', async () => {
      const seen: number[] = [];
      const content = hwCsv(120_000);
      await load(content, {
        onProgress: ({ rowsRead, bytes }) => void (bytes <= content.length && seen.push(rowsRead)),
      });
      assert.ok(seen.length > 1, String(seen));
      assert.ok(
        seen.every((rows, i) => i === 0 || rows >= seen[i - 1]!),
        String(seen),
      );
    });
  });

  describe('extract and row', () => {
    const run = { limits: DEFAULT_READ_LIMITS, signal: new AbortController().signal };

    it('hands over the members of an archive one by one', async () => {
      const outDir = join(folder(), 'out');
      await mkdir(outDir);
      const members: ExtractedMember[] = [];
      let running = 0;
      await runExtract({
        ...run,
        ...(await fileOf(
          await zipBytes({
            'март/a.csv': Buffer.from('1'),
            'b.zip': await zipBytes({ x: Buffer.from('1') }),
            'c.csv': Buffer.from('333'),
          }),
        )),
        outDir,
        onMember: async (member) => {
          assert.equal(running++, 0);
          await new Promise((resolve) => setImmediate(resolve));
          members.push(member);
          running--;
        },
      });
      assert.deepEqual(
        members.map((member) => [member.memberPath, member.fault === null ? member.sizeBytes : member.fault.code]),
        [
          ['март/a.csv', 1],
          ['b.zip', 'archive_nested'],
          ['c.csv', 3],
        ],
      );
      assert.deepEqual(await readdir(outDir), ['m0', 'm2']);
    });

    it('stops when a member cannot be taken', async () => {
      const outDir = join(folder(), 'out2');
      await mkdir(outDir);
      const archive = await fileOf(await zipBytes({ 'a.csv': Buffer.from('1') }));
      await assert.rejects(
        runExtract({ ...run, ...archive, outDir, onMember: () => Promise.reject(new Error('storage full')) }),
        /storage full/,
      );
    });

    it('reads one row again, with the header above it', async () => {
      const table = rowsOfVendhub(Array.from({ length: 2_000 }, () => ({})));
      const csv = await fileOf(csvBytes([['Отчёт'], ...table]));
      const again = await runReadRow({ ...run, ...csv, overrides: {}, sheet: null, row: 1_502 });
      assert.deepEqual(again.header.slice(0, 2), ['ID', 'Номер заказа']);
      assert.equal(again.row?.row, 1_502);
      assert.equal(again.row?.cells[0], '10499');
      const book = await fileOf(await xlsxBytes({ a: [['x']], in: table }));
      assert.equal((await runReadRow({ ...run, ...book, overrides: {}, sheet: 'in', row: 3 })).row?.cells[0], 9_001);
      assert.equal((await runReadRow({ ...run, ...book, overrides: {}, sheet: 'in', row: 99_999 })).row, null);
    });
  });
});
