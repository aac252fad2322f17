export const title = 'Sealed';
