import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import type { Params } from '../port.ts';
import { ParamError, textParam } from '../kit/params.ts';

export const assetField: FieldDescriptor = {
  name: 'asset',
  label: 'Asset',
  type: 'text',
  required: true,
  placeholder: 'BTC',
};

export function assetParam(params: Params): string {
  const name = textParam(params, 'asset', 24).toUpperCase();
  if (!/^[\p{L}\p{N}$][\p{L}\p{N}$.\-]*$/u.test(name))
    throw new ParamError('“asset” is not a name of an asset.');
  return name;
}
