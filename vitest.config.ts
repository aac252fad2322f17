import { defineConfig } from 'vitest/config';

const conditions = ['@plimsoll/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'rules/*/src/**/*.test.ts', 'tools/*/src/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
