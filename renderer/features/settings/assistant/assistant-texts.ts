import type { AssistantSettings, AssistantTool } from '#shared/domain/assistant/assistant.ts';
import { isLoopback } from '#shared/loopback.ts';
import { decimalString } from '#shared/decimal-string.ts';
import { t } from '#shared/words.ts';

import { readDecimal, writeDecimal } from '../../../ui/typed-decimal.ts';

/** The form as it is typed. */
export interface AssistantTexts {
  address: string;
  model: string;
  inputPerMillion: string;
  outputPerMillion: string;
}

export const textsOf = (settings: AssistantSettings): AssistantTexts => ({
  address: settings.address,
  model: settings.model,
  inputPerMillion: writeDecimal(settings.inputPerMillionUsd ?? ''),
  outputPerMillion: writeDecimal(settings.outputPerMillionUsd ?? ''),
});

export type AssistantErrors = Partial<Record<keyof AssistantTexts, string>>;

type Read =
  | {
      ok: true;
      values: Pick<AssistantSettings, 'address' | 'model' | 'inputPerMillionUsd' | 'outputPerMillionUsd'>;
    }
  | { ok: false; errors: AssistantErrors };

/** What typed texts mean, or what is wrong with them. */
export function readTexts(texts: AssistantTexts): Read {
  const errors: AssistantErrors = {};
  const address = texts.address.trim().replace(/\/+$/, '');
  const wrong = addressError(address);
  if (wrong !== null) errors.address = wrong;
  if (texts.model.trim() === '') errors.model = t('Which model? The test lists those that the server has.');
  const price = (name: 'inputPerMillion' | 'outputPerMillion'): string | null => {
    if (texts[name].trim() === '') return null;
    const price = readDecimal(texts[name]);
    if (!decimalString.safeParse(price).success || price?.startsWith('-') === true)
      errors[name] = t('A number, such as {example}.', { example: writeDecimal('0.15') });
    return price;
  };
  const values = {
    address,
    model: texts.model.trim(),
    inputPerMillionUsd: price('inputPerMillion'),
    outputPerMillionUsd: price('outputPerMillion'),
  };
  return Object.keys(errors).length === 0 ? { ok: true, values } : { ok: false, errors };
}

/** What is wrong with an address; `null` when it can be tried. */
export function addressError(address: string): string | null {
  if (address === '') return t('Where does the model answer? Such as http://localhost:11434/v1.');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return t('An address begins with https://, or with http:// on this computer.');
  const { hostname, protocol } = new URL(address);
  return protocol === 'http:' && !isLoopback(hostname)
    ? t('Without encryption only a model on this computer is asked: use https://.')
    : null;
}

export const EXAMPLES = [
  { name: t('Ollama on this computer'), address: 'http://localhost:11434/v1', model: 'qwen3', local: true },
  { name: t('llama.cpp on this computer'), address: 'http://localhost:8080/v1', model: '', local: true },
  { name: t('OpenAI'), address: 'https://api.openai.com/v1', model: '', local: false },
] as const;

export const TOOL_WORDS: Readonly<Record<AssistantTool, { label: string; help: string }>> = {
  read_desk: { label: t('State of the desk'), help: t('Links and the age of their data, halts and PANIC.') },
  read_portfolio: { label: t('Portfolio'), help: t('Totals, holdings and their values.') },
  read_approvals: { label: t('Proposals'), help: t('Pending and decided ones, with reasons and checks.') },
  read_alerts: { label: t('Alerts'), help: t('The newest alerts and their texts.') },
  read_trades: { label: t('Trades'), help: t('The newest orders and fills.') },
  read_models: { label: t('Models and runs'), help: t('Status, returns and the newest runs.') },
  read_limits: { label: t('Your limits'), help: t('The limits that you set in Limits.') },
  search_journal: { label: t('Journal'), help: t('Search over what happened and was decided.') },
  propose_decision: {
    label: t('Propose a decision'),
    help: t('A card to approve or decline a pending proposal. Only your click decides.'),
  },
  propose_limit: {
    label: t('Propose a limit'),
    help: t('A card to change a limit. Only your click changes it.'),
  },
  propose_mute: {
    label: t('Propose to mute'),
    help: t(
      'A card to mute one kind of alert of one bot, or to hear it again. Critical ones are always told.',
    ),
  },
  propose_price_alert: {
    label: t('Propose a price alert'),
    help: t('A card to be told when a price is reached. Only your click sets it.'),
  },
};
