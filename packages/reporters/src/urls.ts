/** The project's home: the one place that names it. */
export const homepage = 'https://github.com/plimsoll/plimsoll';

/** The page of a rule. */
export function rulePage(ruleId: string): string {
  return `${homepage}/blob/main/docs/rules/${ruleId}.md`;
}
