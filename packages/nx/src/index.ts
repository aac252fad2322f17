export { createNodes, createNodes as createNodesV2 } from './create-nodes.ts';
export type { PluginOptions } from './targets.ts';

/** As Nx names the plugin in messages. */
export const name = '@plimsoll/nx';
