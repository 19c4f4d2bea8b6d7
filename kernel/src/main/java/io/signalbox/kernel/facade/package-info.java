/**
 * The front of the house for people who think in workflows of agents: a manager that runs the whole sequence, the patterns in which
 * agents are put together, and the words of the guides that these semantics come from. Everything here goes through the front door of
 * the kernel; what runs here is code of workers, on threads of theirs.
 */
package io.signalbox.kernel.facade;
