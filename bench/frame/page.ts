import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'performance.md');
const BEGIN = '<!-- results: written by npm run bench -->';
const END = '<!-- end of results -->';

/** Where and on what it was measured, and how busy the machine was with other things. */
export function machineWords(): string {
  const [processor] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return (
    `Commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}, ` +
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, Node ${process.versions.node}, ` +
    `${cpus().length} x ${processor?.model ?? 'unknown processor'}, ${gigabytes} GB, load at the end ${load}.`
  );
}

/** Puts the results of a whole run in the place of those before. */
export function writePage(table: string, failed: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has lost the marks between which its results stand.`);
  const notMeasured = failed.length === 0 ? '' : `\nNot measured in this run: ${failed.join(', ')}.\n`;
  const results = `${BEGIN}\n\n${machineWords()}\n\n${table}${notMeasured}\n`;
  writeFileSync(PAGE, page.slice(0, from) + results + page.slice(to));
}

function git(...words: readonly string[]): string {
  try {
    return execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
