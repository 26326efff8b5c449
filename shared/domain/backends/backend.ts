import { z } from 'zod';

import { backendNetwork } from './network.ts';

/** One input of a form that a backend describes: its address form, the parameters of a read or of an act. */
export const fieldDescriptor = z.object({
  name: z.string(),
  label: z.string(),
  /** `amounts` is a number for each of several assets: an object by their names. */
  type: z.enum([
    'text',
    'long-text',
    'number',
    'boolean',
    'choice',
    'date',
    'amounts',
    'json',
    'one-time-code',
  ]),
  required: z.boolean(),
  help: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Of a `choice` whose choices only the backend knows: the read that answers them as `[{value, label}]`. */
  choicesFrom: z.string().optional(),
  /** Text as a person would type it; JSON text for `json`. */
  defaultValue: z.string().optional(),
});
export type FieldDescriptor = z.infer<typeof fieldDescriptor>;

/**
 * How the answer of a read is best shown; `detail` is the fallback that fits any JSON. `rules` are trading rules, in words; `choices` fill
 * in the choices of a field and are not offered by themselves.
 */
export const resultView = z.enum(['table', 'detail', 'distribution', 'text', 'series', 'rules', 'choices']);
export type ResultView = z.infer<typeof resultView>;

/** The sorts of thing that a backend may hold many of. */
export const thing = z.enum(['model', 'run', 'trader', 'position', 'watch-list', 'threshold']);

/**
 * The sort of thing that a read or an act is about, and the parameter that takes the thing's id. It is then offered where
 * that thing is shown.
 */
export const concern = z.object({
  thing,
  param: z.string(),
});
export type Concern = z.infer<typeof concern>;

/**
 * What a figure of an answer is: `change` and what ends in it has a direction. `percent` is in percent already, `fraction` has to be
 * multiplied by 100, `price` has the digits that its size asks for.
 */
export const figureUnit = z.enum([
  'usd',
  'usd-change',
  'price',
  'price-change',
  'percent',
  'percent-change',
  'fraction',
  'fraction-change',
  'funding-rate',
  'ratio',
  /** A plain number of which two digits behind the point say enough. */
  'score',
  'change',
  'seconds',
]);
export type FigureUnit = z.infer<typeof figureUnit>;

/** Something a backend can be asked without changing anything. */
export const readDescriptor = z.object({
  id: z.string(),
  group: z.string(),
  label: z.string(),
  help: z.string(),
  params: z.array(fieldDescriptor),
  view: resultView,
  /** Said next to the result where its figures need a warning. */
  caution: z.string().optional(),
  concerns: concern.optional(),
  /**
   * What the window shows of its answer elsewhere too. `sentiment`: the mood of the market as `value` from 0 (fear) to 100 (greed), with
   * `fetchedAt` as ISO text where that is known.
   */
  tells: z.enum(['sentiment']).optional(),
  /** What its figures are, by the member that holds them or that is around them, where the member's name does not say it. */
  figures: z.record(z.string(), figureUnit).optional(),
  /** False where asking writes something on the server: then it is asked only by hand, with the caution shown. */
  free: z.boolean(),
});
export type ReadDescriptor = z.infer<typeof readDescriptor>;

/** What an act does to a person's risk. While killed or stale, only `reduces` and `neutral` pass the door. */
export const riskEffect = z.enum(['adds', 'reduces', 'neutral']);
export type RiskEffect = z.infer<typeof riskEffect>;

/** Something a backend can be told to do, always through the command door. */
export const actDescriptor = z.object({
  id: z.string(),
  group: z.string(),
  label: z.string(),
  help: z.string(),
  params: z.array(fieldDescriptor),
  risk: riskEffect,
  /** The question asked before it is sent; absent when none is needed. */
  confirm: z.string().optional(),
  /** What the figures of its result are, where their names do not say it (see `figures` of a read). */
  figures: z.record(z.string(), figureUnit).optional(),
  /** `item` acts are offered on the thing they concern (an approval, a model), not in lists of actions. */
  scope: z.enum(['backend', 'item']),
  concerns: concern.optional(),
  /** By which of its parameters it says what is put at stake, so that the person's limits hold for it (A4). */
  stakes: z
    .object({
      /** In dollars. */
      value: z.string().optional(),
      /** In units of the instrument, times the second where that is given. */
      quantity: z.string().optional(),
      times: z.string().optional(),
      instrument: z.string().optional(),
    })
    .optional(),
});
export type ActDescriptor = z.infer<typeof actDescriptor>;

/** What PANIC does on a kind of backend, in the backend's own words (K9). */
export const panicDescriptor = z.object({
  supported: z.boolean(),
  does: z.array(z.string()),
  doesNot: z.array(z.string()),
  /** What is possible again once it is resumed, and what does not come back by itself (K7). */
  resumes: z.array(z.string()).optional(),
  /** What to do by hand when the backend cannot be reached (K11). */
  byHand: z.string(),
});

/** A secret that a person gives once and that never comes back out of the vault. */
export const secretDescriptor = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  required: z.boolean(),
});
export type SecretDescriptor = z.infer<typeof secretDescriptor>;

/** Everything the window has to know about a kind of backend; the window has no code of its own per kind. */
export const backendKindDescriptor = z.object({
  kind: z.string(),
  label: z.string(),
  summary: z.string(),
  addressPlaceholder: z.string(),
  secrets: z.array(secretDescriptor),
  /** What a person sets for one of them beside its address; none of it is secret. */
  options: z.array(fieldDescriptor).optional(),
  /** What a person should know about links of this kind, said on the link page. */
  notes: z.array(z.string()).optional(),
  panic: panicDescriptor,
  reads: z.array(readDescriptor),
  acts: z.array(actDescriptor),
  chat: z.object({ label: z.string(), help: z.string() }).nullable(),
  /** Kinds of alert that nothing on this kind of backend ever sends, said on screen instead of looking calm. */
  alertsWithoutSource: z.array(z.string()),
  /** True where the figures are those of an account that another backend may report as well, so that adding both counts it twice. */
  mirrorsAccount: z.boolean().optional(),
  /** True where it says which money was deposited. None says what was withdrawn. */
  tellsDeposits: z.boolean().optional(),
  /** True where nothing of the person's money is on it and nothing can be halted: no total misses its value. */
  watchesOnly: z.boolean().optional(),
  /** Where the owner can sign in instead of typing who they are: with what, and the secret that then holds it. */
  signIn: z.object({ service: z.literal('discord'), secret: z.string() }).optional(),
  /** True where it trades with money that is nobody's (simulated runs): its figures are in no total, and no total misses them. */
  withoutAccount: z.boolean().optional(),
});
export type BackendKindDescriptor = z.infer<typeof backendKindDescriptor>;

export const backendId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** A backend that a person has connected (or the practice desk). */
export const backendConfig = z.object({
  id: backendId,
  kind: z.string().max(40),
  name: z.string().trim().min(1).max(60),
  /** Base URL without a trailing slash. */
  address: z.url({ protocol: /^(https?|wss?)$/ }).max(500),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  practice: z.boolean(),
  enabled: z.boolean(),
  /** Plain HTTP to this address was allowed by the person (S3). */
  allowPlainHttp: z.boolean(),
  network: backendNetwork.optional(),
  /** How the person reaches the exchange behind it when all else fails: a link or words (K16). */
  exchange: z.string().max(300).optional(),
  /** Values of the kind's `options`, as texts. */
  options: z.record(z.string().max(40), z.string().max(500)).optional(),
  /** These are what its kind says of itself; set when it is connected, whatever was stored. */
  mirrorsAccount: z.boolean().optional(),
  watchesOnly: z.boolean().optional(),
  withoutAccount: z.boolean().optional(),
});
export type BackendConfig = z.infer<typeof backendConfig>;

/** One step of a connection test, in order: the first that failed names the trouble. */
export const connectionTestStep = z.object({
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
});
export type ConnectionTestStep = z.infer<typeof connectionTestStep>;
