/** Longer scripts are not read: in UTF-16 code units. */
export const maximumLength = 1 << 20;

/** How deep lists, groups and words may nest in one script; the parser itself stops at 256. */
export const maximumDepth = 400;

/** How deep substitutions and scripts of `bash -c` may nest in each other. */
export const maximumScripts = 16;

/**
 * What the parser may read again, as it does with each substitution and script in a script, as a multiple of the
 * script's length: nested ones would cost the square of it.
 */
export const rereadFactor = 4;

/** How many here-documents may start in one line: the parser takes the square of their number. */
export const maximumHereDocuments = 100;
