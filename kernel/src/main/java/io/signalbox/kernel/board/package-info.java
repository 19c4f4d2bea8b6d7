/**
 * Tasks of a coordination that can be split, joined and merged one by one, and patterns that do so as a whole: the words of the guides over the kernel's state,
 * sync points, signals and runs. Nothing is held here: a board or a service may be made anew at any time. What runs here is code of workers, on threads of theirs.
 */
package io.signalbox.kernel.board;
