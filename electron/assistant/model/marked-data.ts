/** Of the tag that stands around everything that others wrote. */
const NAME = 'desk-data';

// Whatever could be read as the end of the data, as a turn of the conversation, or as a special word of a model's own format.
// Letters in between are those that text can hide: the text was stripped of what does not print before.
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/desk[\s\-_‐-―−]*data/giu, 'desk data'],
  [
    /<\s*\/?\s*(?:system|assistant|user|tool|function|tool_call|tool_response|instructions?)\b[^>]{0,200}>/giu,
    '[tag]',
  ],
  [/<\|[^|]{0,100}\|>/gu, '[mark]'],
  [/\[\/?(?:INST|SYS|SYSTEM)\]|<<\/?SYS>>|<\/?s>/giu, '[mark]'],
  [/^(\s*)(?:system|assistant|user|tool|developer)\s*:/gimu, '$1[$&]'],
];

const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text from outside as a model is sent it: between marks that carry a word nobody outside can know, so that the text cannot
 * end them, and without anything that looks like them. Telling is all it can do; that nothing acts is the desk's own doing (S8).
 */
export function markData(text: string, nonce: string): string {
  return `<${NAME} id="${nonce}">\n${withoutLookAlikes(text).replaceAll(nonce, '')}\n</${NAME} id="${nonce}">`;
}

/** Without what could pass for our marks, in any width or spelling of letters. */
function withoutLookAlikes(text: string): string {
  const plain = text.normalize('NFKC').replace(UNPRINTABLE, '');
  return LOOK_ALIKES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), plain);
}
