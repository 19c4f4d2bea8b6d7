/**
 * Graphs of steps and what can be foretold about their execution: order, waves, chains, the strategy that suits them, how long they will take, and
 * the path that decides it. Pure functions over what people declare, outside the machine: no clock, no thread, and nothing that runs reads them.
 */
package io.signalbox.kernel.plan;
