/**
 * Where agents meet: barriers, latches, conditions, sync points of k out of n; and leases, by which they keep out of each other's
 * way. Every wait here is a declared wait of the dependency room.
 */
package io.signalbox.kernel.sync;
