import { t } from '#shared/words.ts';

import { z } from 'zod';

/** What a person puts in the place of a channel's own words. */
export const channelTemplate = z.object({
  title: z.string().trim().min(1).max(200),
  body: z.string().trim().max(1_000),
});
export type ChannelTemplate = z.infer<typeof channelTemplate>;

/** What may stand in braces, and what it becomes. */
export const PLACEHOLDERS = {
  title: 'what happened, in a line',
  body: 'the rest of it',
  severity: 'Low, Medium, High or CRITICAL',
  backend: 'the name of the bot',
  time: 'when it was, in UTC',
  link: 'opens it in Quarterdeck on this computer',
} as const;
export type PlaceholderValues = Record<keyof typeof PLACEHOLDERS, string>;

/** The words of every channel as long as nobody wrote others. */
export const DEFAULT_TEMPLATE: ChannelTemplate = { title: '{severity}: {title}', body: '{body}' };

const IN_BRACES = /\{([^{}]*)\}/g;
const isKnown = (name: string): name is keyof PlaceholderValues => Object.hasOwn(PLACEHOLDERS, name);

/** What is wrong with a text of a template, in words; `null` when nothing is. */
export function troubleOfTemplate(text: string): string | null {
  for (const [whole, name = ''] of text.matchAll(IN_BRACES))
    if (!isKnown(name))
      return `${whole} stands for nothing. There are ${Object.keys(PLACEHOLDERS)
        .map((known) => `{${known}}`)
        .join(' ')}.`;
  return null;
}

/**
 * The words of one message. What is filled in is never read for placeholders again: bots write it. A practice message says so,
 * whatever the template leaves out.
 */
export function fillTemplate(
  template: ChannelTemplate,
  values: PlaceholderValues,
  practice: boolean,
): { title: string; body: string } {
  const fill = (text: string): string =>
    text.replaceAll(IN_BRACES, (whole, name: string) => (isKnown(name) ? values[name] : whole)).trim();
  const title = fill(template.title);
  const body = fill(template.body);
  const mark = t('PRACTICE');
  const isSaid = !practice || `${title} ${body}`.includes(mark);
  return { title: isSaid ? title : `${mark} · ${title}`, body };
}
