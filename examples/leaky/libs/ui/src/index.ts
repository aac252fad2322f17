export const title = 'Leaky';
