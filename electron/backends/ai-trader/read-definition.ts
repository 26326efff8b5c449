import type { ReadDefinition as DefinitionOf } from '../kit/reading.ts';
import type { Tools } from './act-definition.ts';

export type ReadDefinition = DefinitionOf<Tools>;
