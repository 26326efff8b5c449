import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test('D2 a wrong owner id is named by the test, and the desk asks for it instead of trying for ever', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const { slices } = await ask(page, 'desk.snapshot', {});
  const address = slices.backends.find(([id]) => id === 'practice')?.[1].address ?? '';
  const config = {
    id: 'second',
    kind: 'coinruler',
    name: 'Second bot',
    address,
    colour: '#4fd1a5',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  const steps = await ask(page, 'backends.test', { config, secrets: { ownerId: 'not-the-owner' } });
  const failed = steps.filter((step) => step.outcome === 'failed');
  expect(failed).toHaveLength(1);
  expect(`${failed[0]?.name} ${failed[0]?.detail}`).toMatch(/owner/i);

  await ask(page, 'backends.save', { config, secrets: { ownerId: 'not-the-owner' } });
  await expect
    .poll(async () => {
      const { slices: now } = await ask(page, 'desk.snapshot', {});
      return now.links.filter(([, link]) => link.backendId === 'second').map(([, { state }]) => state.kind);
    })
    .toContain('stopped');
  await expect(page.getByRole('group', { name: 'Backends' })).toContainText('Second bot');
});
