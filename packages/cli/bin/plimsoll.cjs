#!/usr/bin/env node
'use strict';

// Written in syntax that any Node parses, so that an old one gets a sentence and not a stack trace.
var fs = require('fs');
var path = require('path');

var source = path.join(__dirname, '..', 'src', 'main.ts');
var inCheckout = fs.existsSync(source);
// In a checkout the TypeScript sources are run as they are, which Node does by itself from 22.18 on.
var needed = inCheckout ? [22, 18] : [22, 12];
var current = process.versions.node.split('.').map(Number);

if (current[0] < needed[0] || (current[0] === needed[0] && current[1] < needed[1])) {
  console.error('plimsoll needs Node ' + needed.join('.') + ' or later, and this is Node ' + process.versions.node);
  process.exitCode = 2;
} else {
  var nodeModule = require('module');
  nodeModule.enableCompileCache();
  if (inCheckout) {
    nodeModule.registerHooks({
      resolve: function (specifier, context, next) {
        var conditions = context.conditions.concat('@plimsoll/source');
        return next(specifier, Object.assign({}, context, { conditions: conditions }));
      },
    });
  }
  var cli;
  if (inCheckout) {
    cli = require(source);
  } else {
    // The cache holds what is compiled when the file is loaded, and most functions are not until they are called: so
    // all of the bundle is compiled at once, the first time. Its first statement takes the flag back.
    require('v8').setFlagsFromString('--no-lazy');
    cli = require('../dist/plimsoll.cjs');
  }
  cli.main(process.argv.slice(2));
}
