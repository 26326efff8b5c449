import type { Concern, FieldDescriptor } from '#shared/domain/backends/backend.ts';

export const AI_MODELS_READ = 'ai-models';

export const aboutModel: Concern = { thing: 'model', param: 'modelId' };
export const aboutRun: Concern = { thing: 'run', param: 'runId' };

export const modelField: FieldDescriptor = {
  name: 'modelId',
  label: 'Model',
  type: 'text',
  required: true,
  help: 'Its number.',
  placeholder: '7',
};
export const runField: FieldDescriptor = {
  name: 'runId',
  label: 'Run',
  type: 'text',
  required: true,
  help: 'Its id, from the list of runs.',
  placeholder: '50',
};
export const sessionField: FieldDescriptor = {
  name: 'sessionId',
  label: 'Conversation',
  type: 'number',
  required: true,
  help: 'Its number, from the list of conversations.',
};
export const aiModelField: FieldDescriptor = {
  name: 'baseModel',
  label: 'AI model',
  type: 'choice',
  required: true,
  choicesFrom: AI_MODELS_READ,
  help: 'The language model that decides.',
  placeholder: 'openai/gpt-4o',
};
export const symbolField: FieldDescriptor = {
  name: 'symbol',
  label: 'Symbol',
  type: 'text',
  required: true,
  placeholder: 'AAPL',
};
export const dateField = (name: string, label: string): FieldDescriptor => ({
  name,
  label,
  type: 'date',
  required: true,
});
