import { exampleTests } from '@plimsoll/rule-tester';
import { test } from 'vitest';
import { rules } from './index.ts';

for (const { name, run } of exampleTests(rules)) test(name, run);
