import type { Accessor, Expression } from '@plimsoll/documents';

/** An expression, written in one way whatever its spaces and quotes: by this what is unknown is named. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string'
        ? `'${expression.value.replaceAll("'", "''")}'`
        : String(expression.value);
    case 'context':
      return expression.name.toLowerCase();
    case 'access':
      return printOperand(expression.base) + expression.path.map(printAccessor).join('');
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    case 'operation': {
      const operands = expression.operands.map(printOperand);
      return expression.operator === '!' ? `!${operands.join('')}` : operands.join(` ${expression.operator} `);
    }
  }
}

function printOperand(expression: Expression): string {
  return expression.kind === 'operation' ? `(${printExpression(expression)})` : printExpression(expression);
}

function printAccessor(accessor: Accessor): string {
  if (accessor.kind === 'star') return '.*';
  if (accessor.kind === 'index') return `[${printExpression(accessor.index)}]`;
  return /^[A-Za-z_][\w-]*$/.test(accessor.name) ? `.${accessor.name}` : `['${accessor.name}']`;
}
