/** Routing: what routers said about a task, what was decided from it, how often it was retried; opinions in, one decision out. */
package io.signalbox.kernel.routing;
