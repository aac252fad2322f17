/** What is read of a script: in UTF-16 code units. The parser can take the square of a hostile script's length. */
export const maximumLength = 1 << 18;

/** How deep lists, groups and words may nest in one script; the parser itself stops at 256. */
export const maximumDepth = 400;

/** How deep substitutions and scripts of `bash -c` may nest in each other. */
export const maximumScripts = 16;

/**
 * What the parser may read again, as it does with each substitution and script in a script, as a multiple of the
 * script's length: nested ones would cost the square of it.
 */
export const rereadFactor = 4;

/** How many more brackets and braces may open than close: a parser looks for the end of each to the end of the script. */
export const maximumOpen = 1000;

/** How many here-documents may start in one line: the parser takes the square of their number. */
export const maximumHereDocuments = 100;
