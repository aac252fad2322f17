import nx from '@nx/eslint-plugin';
import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

// One wall a row: who may import whom, and why. A row names all that its package may use; what is not named is walled off.
const walls = [
  ['documents', [], 'The models of files stand alone: whoever reads one must not need the rest.'],
  [
    'build-context',
    ['documents'],
    'What a context holds follows from files and Dockerfiles, never from who builds them.',
  ],
  [
    'release-graph',
    ['documents', 'build-context'],
    'The graph links documents; it knows no rule, so that a rule can be judged without it.',
  ],
  [
    'core',
    ['documents', 'build-context', 'release-graph'],
    'The contract of a rule names the units, and nothing of how they are checked.',
  ],
  [
    'rule',
    ['core', 'rule-tester'],
    'A rule states its condition on units; what it needs to know, a model or the graph tells it.',
  ],
  [
    'engine',
    ['core', 'documents', 'build-context', 'release-graph'],
    'The engine runs rules that it is given: it knows none.',
  ],
  ['reporters', ['core', 'documents'], 'A reporter knows findings, not rules: a new rule needs no new report.'],
  [
    'rule-tester',
    ['core', 'engine', 'documents', 'build-context'],
    'Rule authors elsewhere test with it: it must not bring our rules along.',
  ],
  [
    'cli',
    ['core', 'engine', 'reporters', 'rule', 'rule-tester'],
    'The command puts the parts together; it is one of the two places that know which rules exist.',
  ],
  ['action', [], 'The action calls the command of its release, as a user would: it needs none of our code.'],
  ['nx', [], 'The Nx plugin calls the command, as a user would: a new rule needs no new plugin.'],
  ['tool', ['*'], 'Tools of the workspace see everything, and nothing imports them.'],
];

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/out-tsc', '.nx', 'examples', '**/*.generated.ts', '**/fixtures'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  regexp.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.ts', 'packages/*/*.ts', 'packages/*/bin/*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          banTransitiveDependencies: false,
          allow: [],
          depConstraints: walls.map(([from, to]) => ({
            sourceTag: `wall:${from}`,
            onlyDependOnLibsWithTags: to.length > 0 ? to.map((t) => (t === '*' ? '*' : `wall:${t}`)) : ['wall:none'],
          })),
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'no-console': 'error',
      // Hostile input is read: an expression that backtracks would be a hang.
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      // A matter of taste, and each way of writing has its readers.
      'regexp/prefer-d': 'off',
      'regexp/prefer-w': 'off',
      'regexp/use-ignore-case': 'off',
      'regexp/prefer-named-capture-group': 'off',
      'no-restricted-imports': ['error', { patterns: [network()] }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: [
      'packages/engine/src/discover/**',
      'packages/build-context/src/tree/**',
      'packages/cli/src/**',
      'packages/action/src/**',
      'packages/nx/src/**',
      '**/*.test.ts',
      '**/*.testing.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { patterns: [network(), fileSystem()] }] },
  },
  {
    files: ['rules/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            network(),
            fileSystem(),
            {
              group: [
                'yaml',
                'yaml/*',
                'dockerfile-ast',
                'unbash',
                '@actions/*',
                '@plimsoll/documents',
                '@plimsoll/build-context',
                '@plimsoll/release-graph',
              ],
              message: 'A rule imports @plimsoll/core alone: what it needs to know, a model or the graph tells it.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='text'][object.property.name='file']",
          message: 'A rule does not read the text of a file: let a model read it, with its places.',
        },
      ],
      'max-lines': ['error', { max: 160 }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.testing.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['tools/**', 'packages/*/*.ts', 'packages/*/tools/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: { require: 'readonly', process: 'readonly', console: 'readonly', __dirname: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-var': 'off', 'no-console': 'off' },
  },
);

function network() {
  return {
    group: ['node:http', 'node:https', 'node:net', 'node:dgram', 'http', 'https', 'net'],
    message:
      'Only the commands pin and verify may use the network: a check reads untrusted files with a token in reach.',
  };
}

function fileSystem() {
  return {
    group: ['node:fs', 'node:fs/*', 'fs', 'fs/*', 'node:child_process', 'child_process'],
    message:
      'Only engine/discover and build-context/tree touch the file system: everything else is given what it reads.',
  };
}
