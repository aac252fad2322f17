import { defineRule, formatList } from '@plimsoll/core';
import type { DeeperMatch } from '@plimsoll/core';

export const shallowPattern = defineRule({
  id: 'packaging/shallow-pattern',
  summary: 'An ignore pattern holds at the root of the context alone, and what it means ships from a folder below.',
  why: 'In `.dockerignore` each pattern counts from the root: `node_modules` leaves out `./node_modules` and no other. In `.gitignore` the same line holds at every depth, so the difference is easily missed.',
  limits:
    'Only what is in the image that ships counts. What Git leaves out of the tree (`node_modules`, `dist`, `.env`) counts as being in each folder with a package.json, since a build on a laptop, or after an install step, has it. A pattern with a leading slash is meant for the root.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build context, ".dockerignore files", "Syntax"'],
  visits: 'ignorePattern',
  options: {
    anyName: {
      description: 'Report also names that are often meant for the root alone, such as `README.md`, `docs` and `test`.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY api /app/api\n',
        '.dockerignore': '.git\n«.env»\n',
        'api/.env': 'PORT=80\n',
        'api/main.js': 'run();\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY api /app/api\n',
        '.dockerignore': '.git\n**/.env\n',
        'api/.env': 'PORT=80\n',
        'api/main.js': 'run();\n',
      },
      {
        Dockerfile: 'FROM scratch\nCOPY api /app/api\n',
        '.dockerignore': '.git\n.env\n',
        'web/.env': 'PORT=80\n',
        'api/main.js': 'run();\n',
      },
    ],
  },
  check({ ignoreFile, pattern, deeper }, report, { anyName }) {
    const matches = deeper();
    const [first] = matches;
    if (!first || !(first.untracked || neverShips.test(pattern.pattern) || (anyName && seldomShips(first)))) return;
    const { copy } = first.file;
    report({
      at: pattern.range,
      message: `"${pattern.text}" holds at the root of the context alone, and ${formatList(
        matches.map(({ path }) => path),
        3,
      )} ${shipsAs(matches)}`,
      help: `Write **/${pattern.text.replace(/^\.\//, '')} in ${ignoreFile.file.path}: it matches at the root too`,
      related: [{ at: copy.source.range, label: `the copy that brings ${first.path}` }],
    });
  },
});

/** What is meant at every depth, wherever it stands. */
const neverShips =
  /^(?:node_modules|bower_components|\.env.*|.*\.env|\*\.(?:pem|key|p12|pfx|crt|cer|log|tmp|swp|bak|tfstate.*|pyc|sqlite3?|db|dump)|\*\.local|npm-debug\.log.*|yarn-error\.log.*|.*\.log|\.npmrc|\.netrc|\.aws|\.ssh|\.kube|\.git|\.next|\.nuxt|\.turbo|\.nx|\.cache|\.parcel-cache|\.venv|venv|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|coverage|\.nyc_output|\.DS_Store|\.idea|\.vscode|\.vs|\.terraform|secrets?|credentials)(?:\/\*{1,2})?$/i;

/** A file that is no part of the build's own set-up, or a folder with a name that source code seldom has. */
function seldomShips({ path, file }: DeeperMatch): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (path === file.treePath)
    return !/^(?:\.gitkeep|\.gitignore|\.keep|\.dockerignore|Dockerfile.*|.*\.dockerfile)$/i.test(name);
  return /^(?:tests?|__tests__|specs?|e2e|fixtures|__fixtures__|mocks|__mocks__|docs?|examples?|tmp|temp|logs?|dist|out|coverage|reports?|backups?|\..*)$/i.test(
    name,
  );
}

function shipsAs(matches: readonly DeeperMatch[]): string {
  const [first] = matches;
  const image = `in the image of ${first?.context.dockerfile.file.path ?? ''}`;
  if (first?.untracked)
    return `would ship ${image}: Git leaves ${matches.length === 1 ? 'it' : 'them'} out, a build on a laptop or after an install does not`;
  return `${matches.length === 1 ? 'ships' : 'ship'} ${image}`;
}
