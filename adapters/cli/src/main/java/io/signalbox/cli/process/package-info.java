/**
 * One attempt of a step as a group of operating-system processes: started behind a gate, drained, stopped, cleaned up,
 * its outputs moved into place. Needs Linux: {@code /proc} and {@code setsid} of util-linux.
 */
package io.signalbox.cli.process;
