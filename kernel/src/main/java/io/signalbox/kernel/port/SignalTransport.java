package io.signalbox.kernel.port;

import java.util.List;

/**
 * A broker, as a kernel needs it: signals go out to it and come in from it. Stand-ins for Kafka, NATS or a second kernel implement it.
 * {@link #send} is called by one thread, {@link #receive} and {@link #acknowledge} by one thread, which may be another.
 *
 * <p><b>At least once.</b> What was sent is sent again after a crash until the kernel has noted that it was sent; what was received
 * and not acknowledged must be given again. {@link Message#source} and {@link Message#number} tell repeats.
 */
public interface SignalTransport extends AutoCloseable {
    /**
     * A signal under way: names, not ids.
     *
     * @param source names the kernel or system it comes from; stable over restarts.
     * @param number rising within its source, from 1; gaps are allowed.
     * @param coordination name; empty for the kernel-wide scope.
     * @param signalType the name it was sent under.
     * @param sender name, empty for none.
     * @param subject name, empty for none.
     * @param recipients names; none: everybody.
     * @param completion 0 none, 1 succeeded, 2 failed.
     * @param priority 0 to 9.
     * @param quality 0 to 1, NaN for none.
     * @param payload nobody changes it.
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Message(
            String source,
            long number,
            String coordination,
            String signalType,
            String sender,
            String subject,
            List<String> recipients,
            int completion,
            int priority,
            double quality,
            byte[] payload) {}

    /** Names this transport among those of its kernel; stable over restarts, since what was sent is noted under it. */
    String name();

    /**
     * Hand a signal over. Returns when the other side has it for good.
     *
     * @throws TransportException when that is not known; it will be sent again.
     */
    void send(Message message) throws TransportException;

    /**
     * Signals that could not be sent because the kernel no longer has them: their numbers, both ends inclusive.
     *
     * @throws TransportException when that could not be told; it will be told again.
     */
    void missed(long fromNumber, long toNumber) throws TransportException;

    /**
     * The next signal that came in, or null when none came in time.
     *
     * @throws TransportException when the other side cannot be reached.
     */
    Message receive(long timeoutNs) throws TransportException;

    /** What was received up to this message is in the kernel's order and need not be given again. */
    void acknowledge(Message message) throws TransportException;

    @Override
    void close();

    /** The other side cannot be reached, or did not answer. */
    final class TransportException extends Exception {
        private static final long serialVersionUID = 1L;

        public TransportException(final String message, final Throwable cause) {
            super(message, cause);
        }
    }
}
