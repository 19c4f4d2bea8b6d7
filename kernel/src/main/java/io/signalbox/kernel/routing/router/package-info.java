/**
 * The routers: pure functions of a task and a state to an opinion. They run on the thread that asks for a decision, never in the
 * turn; only their opinions enter the machine.
 */
package io.signalbox.kernel.routing.router;
