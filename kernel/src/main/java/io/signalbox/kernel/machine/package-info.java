/** The spine: one command in, facts out. (state, command) to (state', facts), and nothing else. */
package io.signalbox.kernel.machine;
