import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const workflow = (run: string, env = ''): Record<string, string> => ({
  '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n${env}`,
  Dockerfile: 'FROM scratch\n',
});

/** The images that are published, by the workflow or by what nothing calls. */
function published(files: Readonly<Record<string, string>>): readonly string[] {
  const { publications } = buildGraph(documentsOf(files));
  return publications.map(({ site, names, range }) => `${site} ${names.join(' ')} ${range.file.path}`);
}

const push = '\tdocker buildx build --push -t $(IMAGE) .\n';

test('a target of an included file runs in the folder of the Makefile, with its variables', () => {
  expect(
    published({
      ...workflow('make release'),
      Makefile: 'IMAGE := ghcr.io/acme/api\ninclude ci/release.mk\nimage:\n' + push,
      'ci/release.mk': 'release: image\n\tcosign sign $(IMAGE)\n',
    }),
  ).toEqual(['workflow ghcr.io/acme/api Makefile']);
  expect(
    published({
      ...workflow('make release'),
      Makefile: 'IMAGE := ghcr.io/acme/api\n-include ci/release.mk # if it is there\n',
      'ci/release.mk': 'include ci/more.mk\n',
      'ci/more.mk': 'release:\n' + push,
    }),
  ).toEqual(['workflow ghcr.io/acme/api ci/more.mk']);
});

test('a Makefile that includes itself, or one that does, is read once', () => {
  expect(
    published({
      ...workflow('make release'),
      Makefile: 'include Makefile a.mk\nIMAGE := ghcr.io/acme/api\nrelease:\n' + push,
      'a.mk': 'include a.mk\ninclude Makefile\n',
    }),
  ).toEqual(['workflow ghcr.io/acme/api Makefile']);
});

test('make is called in another folder, also by a recipe', () => {
  const images = { 'images/Makefile': 'IMAGE := ghcr.io/acme/api\nrelease:\n' + push };
  const found = ['workflow ghcr.io/acme/api images/Makefile'];
  for (const call of ['make -C images release', 'make --directory images release', 'make --directory=images release'])
    expect(published({ ...workflow(call), ...images })).toEqual(found);
  expect(
    published({ ...workflow('make images'), ...images, Makefile: 'images:\n\t$(MAKE) -C images release\n' }),
  ).toEqual(found);
  expect(published({ ...workflow('make release'), ...images })).toEqual(['make ghcr.io/acme/api images/Makefile']);
});

test('commands of a file that two Makefiles include are listed once', () => {
  const { commands } = buildGraph(
    documentsOf({
      Makefile: 'include release.mk\n',
      'api/Makefile': 'include ../release.mk\n',
      'release.mk': 'release:\n\tdocker push ghcr.io/acme/api\n',
    }),
  );
  expect(commands.map(({ command }) => command.name)).toEqual(['docker']);
});

test('a target without a recipe stands for those that it needs', () => {
  const files = { Makefile: 'IMAGE := ghcr.io/acme/api\nall images: image\n.PHONY: image\nimage:\n' + push };
  for (const target of ['all', 'images'])
    expect(published({ ...workflow(`make ${target}`), ...files })).toEqual(['workflow ghcr.io/acme/api Makefile']);
});

test('a target that is made twice publishes what each call names', () => {
  expect(
    published({
      ...workflow('make all'),
      Makefile:
        'all:\n\t$(MAKE) push IMAGE=ghcr.io/acme/api\n\t$(MAKE) push IMAGE=ghcr.io/acme/web\npush:\n\tdocker push $(IMAGE)\n',
    }),
  ).toEqual(['workflow ghcr.io/acme/api ghcr.io/acme/web Makefile']);
});
