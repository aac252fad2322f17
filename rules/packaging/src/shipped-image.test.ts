import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { addForCopy } from './add-for-copy.ts';
import { rootUser } from './root-user.ts';
import { toolchainShipped } from './toolchain-shipped.ts';

const files = { 'main.go': 'package main\n', 'src/app.ts': 'run();\n', 'package.json': '{}\n' };
const image = (Dockerfile: string, make = 'docker build .') => ({
  ...files,
  Dockerfile,
  Makefile: `image:\n\t${make}\n`,
});

describe('root-user', () => {
  test.each([
    ['USER is inherited', 'FROM node:24 AS base\nUSER node\nFROM base\nCOPY src /src\n'],
    ['an ARG names the user', 'FROM node:24\nARG USER_NAME=app\nUSER ${USER_NAME}\n'],
    ['an unknown variable names it', 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nUSER $APP_UID\n'],
    ['the base sets one', 'FROM cgr.dev/chainguard/node:latest\n'],
    ['files are taken out', 'FROM scratch\nCOPY src /src\n'],
  ])('is quiet where %s', async (_, Dockerfile) => expect(await faultsOf(rootUser, image(Dockerfile))).toEqual([]));

  test.each([
    'FROM node:24\nUSER node\n«USER 0:0»\n',
    'ARG U=root\nFROM node:24\nARG U\n«USER $U»\n',
    'FROM «scratch»\nENTRYPOINT ["/app"]\n',
  ])('tells %j', async (Dockerfile) => expect(await faultsOf(rootUser, image(Dockerfile))).toEqual([]));

  test('the target decides', async () => {
    const Dockerfile = 'FROM «node:24» AS app\nFROM app AS rootless\nUSER node\n';
    expect(await faultsOf(rootUser, image(Dockerfile, 'docker build --target app .'))).toEqual([]);
  });

  test('a stage for tests that is not pushed is no image that ships', async () => {
    const Dockerfile = 'FROM node:24 AS test\nFROM node:24\nUSER node\n';
    expect(await faultsOf(rootUser, image(Dockerfile, 'docker build . && docker build --target test .'))).toEqual([]);
  });
});

describe('toolchain-shipped', () => {
  test.each([
    'FROM golang:1.25 AS build\nCOPY . .\nRUN go build .\nFROM «build»\nUSER 1\n',
    'FROM «node:24»\nCOPY . .\nRUN npm ci && npm run build\n',
    'FROM «python:3.14»\nRUN apt-get install -y build-essential\nCOPY src /src\n',
  ])('tells %j', async (Dockerfile) => expect(await faultsOf(toolchainShipped, image(Dockerfile))).toEqual([]));

  test.each([
    'FROM node:24\nWORKDIR /app\nCOPY src src\nRUN npm run build && rm -rf src\n',
    'FROM alpine:3\nRUN apk add --virtual .build gcc && apk del .build\nCOPY src /src\n',
    'FROM node:24\nCOPY package.json .\nRUN npm ci --omit=dev\nCOPY src /src\n',
    'FROM golang:1.25\nRUN go version\nCOPY main.go .\n',
  ])('is quiet at %j', async (Dockerfile) => expect(await faultsOf(toolchainShipped, image(Dockerfile))).toEqual([]));
});

describe('add-for-copy', () => {
  test.each([
    '«ADD» . /app',
    '«ADD» ["src", "/src"]',
    '«ADD» --chown=1:1 package.json main.go /app/',
    '«ADD» src/* /src/',
    'ARG F=main.go\n«ADD» $F /',
  ])('tells %j', async (line) => expect(await faultsOf(addForCopy, image(`FROM scratch\n${line}\n`))).toEqual([]));

  test.each([
    'ADD site.tar.gz /srv/',
    'ADD https://example.com/a /a',
    'ADD git@github.com:acme/app.git#v1 /app',
    'ADD $F /',
    'ADD gone/* /',
  ])('is quiet at %j', async (line) =>
    expect(await faultsOf(addForCopy, image(`FROM scratch\n${line}\n`))).toEqual([]),
  );
});
