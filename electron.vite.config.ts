import { resolve } from 'node:path';

import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

import { dropUnusedSchemas } from './scripts/lib/unused-schemas.ts';

const root = import.meta.dirname;

/**
 * Three bundles below `out/`: the main process with the entries of its helpers (ES modules; npm packages stay outside, but for
 * those that each start waits for, which are read from one file much faster than from their hundred),
 * the preload script (one CommonJS file, which is all that a sandboxed window can load), and the window.
 */
export default defineConfig({
  main: {
    build: {
      outDir: resolve(root, 'out/main'),
      externalizeDeps: { exclude: ['electron-log', 'zod'] },
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/main.ts'),
          practice: resolve(root, 'electron/practice/process.ts'),
          'key-derivation-worker': resolve(root, 'electron/lib/key-derivation-worker.ts'),
          'journal-worker': resolve(root, 'electron/journal/file/worker.ts'),
          'playback-worker': resolve(root, 'electron/playback/file/worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), tailwindcss(), dropUnusedSchemas()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      minify: true,
      // Fonts and sounds stay files: a data: address would have to be allowed in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: resolve(root, 'renderer/index.html'),
          sound: resolve(root, 'renderer/sound.html'),
          // For development: electron-builder.yml leaves it out of what is packaged.
          'design-system': resolve(root, 'renderer/design-system.html'),
        },
      },
    },
  },
});
