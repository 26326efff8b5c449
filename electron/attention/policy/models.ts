import type { Activity } from '#shared/domain/bots/activity.ts';
import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import type { Considered, Consideration } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/** What is read this soon after a model was first heard of is its first list, even where that begins with nothing. */
const FIRST_LIST_MS = 15_000;
type RunOccasion = 'run-started' | 'run-completed';

/**
 * Runs of models that begin and end, and what models trade. What a model's first list of runs holds was there before the
 * desk looked and is no news. A failed run is its backend's alert (`run_failed`) and is told as such, not here a second time.
 */
export function createModelPolicy(desk: DeskReader, startedAtMs: number, manners: Manners) {
  const known = new Map<string, Run['status']>();
  /** Models whose runs have been read: a run of theirs that was not there is a new one. */
  const listed = new Set<string>();
  const firstHeardMs = new Map<string, number>();

  return (patches: readonly DeskPatch[], event: DeskEvent): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice === 'runs') {
        const { key, value } = patch;
        const before = known.get(key);
        if (value === null) {
          // One that was deleted needs nobody; that it was complete stays true.
          known.delete(key);
          if (before === 'running' || before === 'queued') withdrawn.push(runKey(key));
          continue;
        }
        known.set(key, value.status);
        if (before === undefined && !isNew(value)) continue;
        const occasion = occasionOf(value, before);
        if (occasion !== null) notices.push(runNotice(occasion, key, value));
      }
      if (patch.slice === 'models' && patch.value !== null && !firstHeardMs.has(patch.key)) {
        firstHeardMs.set(patch.key, patch.value.receivedAtMs);
      }
      if (patch.slice === 'activity' && patch.value !== null) notices.push(...tradeNotice(patch.value));
      if (patch.slice === 'backends' && patch.value === null) forget(patch.key);
    }
    if (event.type === 'feed' && event.slice === 'runs') {
      for (const run of event.entries) listed.add(entryKey(run.backendId, run.modelId));
    }
    return { notices, withdrawn };
  };

  /** A run that was not there before, of a model whose runs were read. */
  function isNew({ backendId, modelId, receivedAtMs }: Run): boolean {
    const key = entryKey(backendId, modelId);
    const heardMs = firstHeardMs.get(key);
    return listed.has(key) || (heardMs !== undefined && receivedAtMs > heardMs + FIRST_LIST_MS);
  }

  function occasionOf(run: Run, before: Run['status'] | undefined): RunOccasion | null {
    if (run.status === before) return null;
    switch (run.status) {
      case 'running':
        return 'run-started';
      case 'completed':
        return 'run-completed';
      default:
        return null;
    }
  }

  function runNotice(occasion: RunOccasion, key: string, run: Run): Considered {
    const { backendId, modelId } = run;
    const heading = headingOf(backendId, desk.get('models', entryKey(backendId, modelId))?.name ?? modelId);
    const which = run.number === null ? '' : ` ${run.number}`;
    const began = occasion === 'run-started';
    const ended =
      occasion === 'run-completed' && run.returnPct !== null
        ? [t('return {percent}%', { percent: Number(run.returnPct).toFixed(2) })]
        : [];
    const what = [run.mode, run.symbol, run.period, ...ended].filter((part) => part !== null);
    return {
      notice: {
        key: runKey(key),
        backendId,
        title: titleText(
          `${heading}: ${began ? t('run{which} started', { which }) : t('run{which} completed', { which })}`,
        ),
        body: bodyText(what.join(', ')),
        ...manners(occasion, backendId),
        destination: { place: 'models', itemId: entryKey(backendId, modelId) },
        approvalKey: null,
      },
      occasion,
      alert: null,
      family: `runs/${entryKey(backendId, modelId)}`,
      heading,
      noun: 'notice',
      escalates: false,
    };
  }

  /** What it executed, or says it does; that it holds is no trade. */
  function tradeNotice(activity: Activity): Considered[] {
    const { backendId, subject, symbol } = activity;
    if (activity.kind !== 'trade' || subject === null || symbol === null) return [];
    if (activity.receivedAtMs < startedAtMs) return [];
    const itemId = entryKey(backendId, subject);
    const model = desk.get('models', itemId);
    const action = activity.facts.find(({ name }) => name === 'action')?.value ?? '';
    if (model === undefined || action === 'hold') return [];
    const heading = headingOf(backendId, model.name);
    const did = t('{side, select, buy {bought} sell {sold} other {traded}} {what}', {
      side: action,
      what: symbol,
    });
    return [
      {
        notice: {
          key: `model-trade/${entryKey(backendId, activity.id)}`,
          backendId,
          title: titleText(`${heading}: ${did}`),
          body: bodyText(activity.message),
          ...manners('model-trade', backendId),
          destination: { place: 'models', itemId },
          approvalKey: null,
        },
        occasion: 'model-trade',
        alert: null,
        family: `model-trades/${itemId}`,
        heading,
        noun: 'trade',
        escalates: false,
      },
    ];
  }

  function headingOf(backendId: string, model: string): string {
    return `${practiceMark(isPractice(desk, backendId))}${t('{model} on {name}', { model, name: nameOf(desk, backendId) })}`;
  }

  function forget(backendId: string): void {
    const prefix = entryKey(backendId, '');
    for (const key of known.keys()) if (key.startsWith(prefix)) known.delete(key);
    for (const key of listed) if (key.startsWith(prefix)) listed.delete(key);
    for (const key of firstHeardMs.keys()) if (key.startsWith(prefix)) firstHeardMs.delete(key);
  }
}

const runKey = (key: string): string => `run/${key}`;
