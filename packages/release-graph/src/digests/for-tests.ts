const words = /(?:^|[/_.-])(?:tests?|testing|e2e)(?:$|[/_.-])/i;

/** Whether all images, or the workflow that pushes them, are for tests, by their names. */
export function isForTests(names: readonly string[], workflow: string): boolean {
  const images = names.map((name) => name.slice(name.lastIndexOf('/') + 1));
  return words.test(workflow) || (images.length > 0 && images.every((name) => words.test(name)));
}
