/** The command line: what a person types becomes a call of the engine, its end an exit code. See docs/command-line.md. */
package io.signalbox.cli;
