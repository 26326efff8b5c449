import { dialog } from 'electron';

import type { QuitAnswer, QuitQuestion } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

/** The question before quitting by the system's own dialog, for a window that is not there or hangs. */
export async function askByDialog(question: QuitQuestion): Promise<QuitAnswer> {
  const choices = quitChoices(question);
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: t('Quit Quarterdeck?'),
    message:
      question.halt === 'not-confirmed'
        ? t('PANIC is not confirmed')
        : t('Your bots go on without Quarterdeck'),
    detail: quitDetail(question),
    buttons: choices.map(({ label }) => label),
    // Leaving everything as it is comes with Enter and with Escape.
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return choices[response]?.answer ?? 'stay';
}

function quitChoices({ halt, halted }: QuitQuestion): { label: string; answer: QuitAnswer }[] {
  return [
    { label: t('Stay'), answer: 'stay' },
    { label: halt === 'not-confirmed' ? t('Quit all the same') : t('Quit'), answer: 'quit' },
    ...(halted || halt !== 'none'
      ? []
      : [{ label: t('PANIC, and quit once confirmed'), answer: 'halt-and-quit' } as const]),
  ];
}

function quitDetail({ leaving, halt, open }: QuitQuestion): string {
  const lines = leaving.backends.map(({ name, items }) => `${name}: ${items.join('. ')}.`);
  const head = halt === 'not-confirmed' ? [t('Not confirmed on {open}.', { open: open.join(', ') }), ''] : [];
  return [
    ...head,
    ...lines,
    '',
    t('Nobody will watch: {unwatched}.', { unwatched: leaving.unwatched.join('; ') }),
  ].join('\n');
}
