/** Waiting threads: cells where they stand, replies, spinning while there are cores for it, parking otherwise. */
package io.signalbox.kernel.wait;
