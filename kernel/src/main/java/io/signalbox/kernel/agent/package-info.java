/**
 * The registry of agents: what each can do, whether it is there, how busy it is, how its work ended; and who suits a task best. It
 * is kernel-wide; an agent is known by its name in all coordinations.
 */
package io.signalbox.kernel.agent;
