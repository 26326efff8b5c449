import type { FieldParams } from '../../ui/field-values.ts';

const MAX_KEPT = 60;
const byKey = new Map<string, FieldParams>();

/** How an act was last sent from this window to a model, so that its form begins there. Gone with the window. */
export const lastParams = (modelKey: string, act: string): FieldParams | null =>
  byKey.get(`${modelKey}/${act}`) ?? null;

export function rememberParams(modelKey: string, act: string, params: FieldParams): void {
  const key = `${modelKey}/${act}`;
  byKey.delete(key);
  byKey.set(key, params);
  const [oldest] = byKey.keys();
  if (byKey.size > MAX_KEPT && oldest !== undefined) byKey.delete(oldest);
}
