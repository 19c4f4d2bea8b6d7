/**
 * Single-writer memory: what the rooms keep their state in, and what other threads may read of it.
 *
 * <p>What another thread may read has one of three shapes: an immutable object published by release
 * ({@link io.signalbox.kernel.store.PersistentIntMap}), a fixed-capacity cell with a generation
 * ({@link io.signalbox.kernel.store.OutcomeCells}), a sequence-lock record with bounded retries
 * ({@link io.signalbox.kernel.store.SignalTail}). Nothing here reads a clock, starts a thread or touches a file.
 */
package io.signalbox.kernel.store;
